from django.apps import AppConfig


class DashboardsConfig(AppConfig):
    """Figures side by side: a directorate, a service, the communes, targets; the engine room is `oppidum.figures`."""

    name = "oppidum.web.dashboards"
    label = "dashboards_pages"
