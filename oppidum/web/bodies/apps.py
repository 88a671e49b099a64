from django.apps import AppConfig


class BodiesPagesConfig(AppConfig):
    """The desk's pages for sittings, and the public page of acts; the engine room is `oppidum.bodies`."""

    name = "oppidum.web.bodies"
    label = "bodies_pages"
