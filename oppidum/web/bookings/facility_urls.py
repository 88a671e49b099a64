"""The public addresses of facilities and their hours."""

from django.urls import path

from oppidum.web.bookings import facilities

app_name = "facilities"

urlpatterns = [
    path("", facilities.overview, name="list"),
    path("<slug:code>/", facilities.page, name="facility"),
    path("<slug:code>/hours.jsonld", facilities.data, name="data"),
    path("<slug:code>/hours.ics", facilities.calendar, name="calendar"),
]
