from django.apps import AppConfig


class ReportPagesConfig(AppConfig):
    """The activity report as web pages, and the desk where its texts are written; the engine room is `oppidum.publishing.report`."""

    name = "oppidum.web.report"
    label = "report_pages"
