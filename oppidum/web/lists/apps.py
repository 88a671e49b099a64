from django.apps import AppConfig


class ListsPagesConfig(AppConfig):
    """Lists at the desk: many requests from one spreadsheet; the engine room is `oppidum.cases.lists`."""

    name = "oppidum.web.lists"
    label = "lists_pages"
