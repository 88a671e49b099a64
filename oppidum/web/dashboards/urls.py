"""The addresses of dashboards; they stand before those of `figures`, whose names they may not take."""

from django.urls import path

from oppidum.web.dashboards import charting, communes, directorates, index, questions, services, targets

app_name = "dashboards"

urlpatterns = [
    path("dashboards/", index.page, name="index"),
    path("ask/", questions.page, name="ask"),
    path("targets/", targets.page, name="targets"),
    path("communes/", communes.page, name="communes"),
    path("communes/<slug:code>/", communes.one, name="commune"),
    path("directorates/<slug:code>/", directorates.page, name="directorate"),
    path("services/<slug:code>/", services.page, name="service"),
    path("charts/<slug:kind>.<slug:form>", charting.file, name="chart"),
]
