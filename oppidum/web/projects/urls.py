"""The addresses of the portfolio, open to everybody."""

from django.urls import path

from oppidum.web.projects import pages

app_name = "projects"

urlpatterns = [
    path("", pages.portfolio, name="list"),
    path("points.json", pages.points, name="points"),
    path("done/<int:year>/", pages.done, name="done"),
    path("<slug:name>/", pages.project, name="project"),
]
