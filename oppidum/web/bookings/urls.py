"""The addresses of bookable places at the desk."""

from django.urls import path

from oppidum.web.bookings import basins, closing, weeks

app_name = "places"

urlpatterns = [
    path("", weeks.home, name="home"),
    path("harbour/<slug:code>/", basins.page, name="basin"),
    path("<slug:code>/", weeks.page, name="week"),
    path("<slug:code>/close/", closing.page, name="close"),
    path("<slug:code>/open/", closing.reopen, name="open"),
]
