"""The addresses of the registers, open to everybody."""

from django.urls import path

from oppidum.web.registers import pages

app_name = "registers"

urlpatterns = [
    path("", pages.overview, name="list"),
    path("<slug:name>/", pages.register, name="register"),
    path("<slug:name>/observations.csv", pages.observations_csv, name="csv"),
    path("<slug:name>/files/<str:token>", pages.document, name="document"),
]
