from django.apps import AppConfig


class ProjectsPagesConfig(AppConfig):
    """The portfolio of projects as everybody reads it; officers keep it at the desk, as cases of the service marked `PROJECT`."""

    name = "oppidum.web.projects"
    label = "projects_pages"
