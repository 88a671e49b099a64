from django.apps import AppConfig


class CommunesPagesConfig(AppConfig):
    """A commune's own space, for its officers; and its page on the portal, in its colours."""

    name = "oppidum.web.communes"
    label = "communes_pages"
