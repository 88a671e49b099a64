"""The year in an address of the report; importing this module makes `<reportyear:year>` known."""

from django.urls import register_converter


class YearConverter:
    """A year of four digits; the drafts of residents' reports, whose addresses begin alike, have longer names."""

    regex = r"20[0-9]{2}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return f"{int(value):04}"


register_converter(YearConverter, "reportyear")
