"""The addresses of open data, stable for ever: /data/NAME/NAME.csv is the last version, /data/NAME/v/3/NAME.csv the third."""

from django.urls import path, register_converter

from oppidum.interfaces.dcat import views as dcat
from oppidum.web.data import downloading, feeding, listing, reading

app_name = "data"


class FormatConverter:
    """A format that files come in."""

    regex = "csv|geojson|parquet"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(FormatConverter, "dataformat")

urlpatterns = [
    path("", listing.page, name="list"),
    path("catalog.jsonld", dcat.json_ld, name="catalog-jsonld"),
    path("catalog.ttl", dcat.turtle, name="catalog-ttl"),
    path("changes.atom", feeding.changes, name="changes"),
    path("<slug:name>/", reading.page, name="dataset"),
    path("<slug:name>/go", downloading.go, name="go"),
    path("<slug:name>/schema.json", downloading.schema, name="schema"),
    path("<slug:name>/chart-<slug:language>.svg", downloading.chart, name="chart"),
    path("<slug:name>/places", reading.places, name="places"),
    path("<slug:name>/<slug:file>.<dataformat:suffix>", downloading.last, name="file"),
    path("<slug:name>/v/<int:number>/schema.json", downloading.schema_of_version, name="version-schema"),
    path("<slug:name>/v/<int:number>/<slug:file>.<dataformat:suffix>", downloading.version, name="version-file"),
]
