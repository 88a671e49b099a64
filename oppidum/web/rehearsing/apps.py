from django.apps import AppConfig


class RehearsingPagesConfig(AppConfig):
    """The rehearsal room: a change lived beside the year without it, started, watched and compared by those allowed."""

    name = "oppidum.web.rehearsing"
    label = "rehearsing_pages"
