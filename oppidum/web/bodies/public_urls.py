"""The addresses of published acts, open to everybody."""

from django.urls import path, register_converter

from oppidum.web.bodies import open_data, public

app_name = "public_acts"


class YearConverter:
    """A year of four digits."""

    regex = r"20[0-9]{2}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return f"{value:04}"


register_converter(YearConverter, "actyear")

urlpatterns = [
    path("", public.page, name="list"),
    path("deliberations-<actyear:year>.csv", open_data.deliberations_csv, name="deliberations-csv"),
    path("grants-<actyear:year>.csv", open_data.grants_csv, name="grants-csv"),
    path("preemptions-<actyear:year>.csv", open_data.preemptions_csv, name="preemptions-csv"),
    path("sittings/<slug:code>/", public.sitting, name="sitting"),
    path("sittings/<slug:code>.pdf", public.minutes, name="minutes"),
    path("<slug:code>.pdf", public.pdf, name="pdf"),
    path("<slug:code>/", public.act, name="act"),
]
