"""The addresses of the rehearsal room."""

from django.urls import path

from oppidum.web.rehearsing import comparing, pages, starting

app_name = "rehearsing"

urlpatterns = [
    path("", pages.home, name="home"),
    path("new/", starting.new, name="new"),
    path("compare/", comparing.compared, name="compare"),
    path("year/<slug:name>/end/", pages.end_year, name="end-year"),
    path("<slug:name>/", pages.page, name="page"),
    path("<slug:name>/stop/", pages.stop, name="stop"),
    path("<slug:name>/go-on/", pages.go_on, name="go-on"),
    path("<slug:name>/remove/", pages.remove, name="remove"),
    path("<slug:name>/files/<str:file>", pages.download, name="file"),
]
