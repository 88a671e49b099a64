from django.apps import AppConfig


class KeyFiguresPagesConfig(AppConfig):
    """The desk's pages of declared figures; the engine room is `oppidum.figures.declared`."""

    name = "oppidum.web.key_figures"
    label = "key_figures_pages"
