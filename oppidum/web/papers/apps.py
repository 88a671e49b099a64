from django.apps import AppConfig


class PapersPagesConfig(AppConfig):
    """The pages of letters: print runs, who signs, the letterhead; the engine room is `oppidum.publishing`."""

    name = "oppidum.web.papers"
    label = "papers_pages"
