"""The addresses of the figures: public by law (`web/public.py`: "figures:*")."""

from django.urls import path

from oppidum.web.figures import exporting, glancing, key_index, keyed

app_name = "figures"

urlpatterns = [
    path("", glancing.page, name="overview"),
    path("key/", key_index.page, name="key"),
    path("key.csv", key_index.table, name="key-csv"),
    path("<slug:name>/", keyed.figure, name="figure"),
    path("<slug:name>/qr.svg", keyed.qr, name="qr"),
    path("<slug:name>/evidence/<int:year>/", keyed.evidence, name="evidence"),
    path("<slug:name>/figure.csv", keyed.table, name="figure-csv"),
    path("<slug:name>/trail/", keyed.trail, name="trail"),
    path("<slug:name>/trail.csv", exporting.trail_csv, name="trail-csv"),
]
