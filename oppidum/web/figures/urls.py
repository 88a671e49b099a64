"""The addresses of the figures: public by law (`web/public.py`: "figures:*")."""

from django.urls import path

from oppidum.web.figures import exporting, glancing, opening, reading

app_name = "figures"

urlpatterns = [
    path("", glancing.page, name="overview"),
    path("<slug:name>/", reading.page, name="figure"),
    path("<slug:name>/figure.csv", exporting.figure_csv, name="figure-csv"),
    path("<slug:name>/trail/", opening.page, name="trail"),
    path("<slug:name>/trail.csv", exporting.trail_csv, name="trail-csv"),
]
