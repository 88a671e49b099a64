"""Open data at the desk."""

from django.urls import path

from oppidum.web.data import desk

app_name = "data-desk"

urlpatterns = [
    path("", desk.home, name="home"),
    path("<slug:name>/", desk.page, name="dataset"),
    path("<slug:name>/publish", desk.order, name="publish"),
]
