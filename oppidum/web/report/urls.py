"""The addresses of the activity report (`web/public.py`: "report:*"); an edition that isn't published shows itself to officers alone."""

from django.urls import path, register_converter

from oppidum.web.report import drawings, reading

app_name = "report"


class YearConverter:
    """A year of four digits; the drafts of residents' reports, whose addresses begin alike, have longer names."""

    regex = r"20[0-9]{2}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return f"{int(value):04}"


register_converter(YearConverter, "reportyear")

urlpatterns = [
    path("editions/", reading.editions, name="editions"),
    path("<reportyear:year>/", reading.home, name="home"),
    path("<reportyear:year>/report.pdf", reading.pdf, name="pdf"),
    path("<reportyear:year>/index/", reading.index, name="index"),
    path("<reportyear:year>/charts/<slug:key>/", drawings.page, name="chart"),
    path("<reportyear:year>/charts/<slug:key>/chart.svg", drawings.svg, name="chart-svg"),
    path("<reportyear:year>/charts/<slug:key>/chart.png", drawings.png, name="chart-png"),
    path("<reportyear:year>/charts/<slug:key>/data.csv", drawings.csv, name="chart-csv"),
    path("<reportyear:year>/<slug:chapter>/", reading.chapter, name="chapter"),
]
