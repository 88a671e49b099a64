"""The addresses of the activity report (`web/public.py`: "report:*"); an edition that isn't published shows itself to officers alone."""

from django.urls import path

from oppidum.web.report import drawings, reading, years  # noqa: F401 -- years registers its converter

app_name = "report"


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
