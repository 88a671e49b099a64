"""Lists at the desk."""

from django.urls import path

from oppidum.web.lists import pages, sheets

app_name = "lists"

urlpatterns = [
    path("", pages.home, name="home"),
    path("send/<slug:code>/", pages.send, name="send"),
    path("empty/<slug:code>.csv", sheets.empty, name="empty"),
    path("<int:pk>/", pages.page, name="page"),
    path("<int:pk>/faults.csv", sheets.faults, name="faults"),
    path("<int:pk>/confirm/", pages.confirm, name="confirm"),
    path("<int:pk>/again/", pages.again, name="again"),
    path("<int:pk>/drop/", pages.drop, name="drop"),
]
