from django.apps import AppConfig


class FiguresPagesConfig(AppConfig):
    """The pages of the figures; the engine room is `oppidum.figures`."""

    name = "oppidum.web.figures"
    label = "figures_pages"
