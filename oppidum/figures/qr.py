"""The address of a figure on paper: short, whole, and as a QR code."""

from io import BytesIO

import segno
from django.conf import settings
from django.urls import reverse


def figure_link(name: str, year: int) -> str:
    """The whole address of a figure's page."""
    return f"{settings.PUBLIC_URL.rstrip('/')}{reverse('figures:figure', args=[name])}?year={year}"


def figure_qr_svg(name: str, year: int, *, border: int = 2) -> str:
    """The address as a QR code (ISO/IEC 18004): an SVG document without a size of its own, that fills where it is placed."""
    out = BytesIO()
    code = segno.make(figure_link(name, year), error="m", micro=False)
    code.save(out, kind="svg", border=border, omitsize=True, xmldecl=False, svgclass=None, lineclass=None, dark="#1b2430")
    return out.getvalue().decode("utf-8")
