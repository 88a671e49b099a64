"""One drawing after another: a JSON list of specifications comes in on standard input, a JSON list of SVG texts goes out.

Run as a program (`python -m oppidum.publishing.charts.drawing`) it is a second pair of hands: neither a fork of a server that has
threads, nor a process that first runs the caller's main module again.
"""

import json
import re
import sys
from pathlib import Path

import vl_convert

from oppidum.publishing.charts.theme import VERSION

FONTS = Path(__file__).parent.parent / "fonts"
# A tenth of a pixel is finer than any printer: half the weight of a map is the rest of its decimals.
_PATH, _LONG = re.compile(r' d="[^"]*"'), re.compile(r"(\d\.\d)\d+")
_is_ready = False


def svg(text: str) -> str:
    """A specification (JSON) as SVG."""
    _prepare()
    drawn = vl_convert.vegalite_to_svg(text, vl_version=VERSION, allowed_base_urls=[])
    return _PATH.sub(lambda path: _LONG.sub(r"\1", path[0]), drawn)


def png(text: str, scale: float) -> bytes:
    """A specification (JSON) as PNG."""
    _prepare()
    return vl_convert.vegalite_to_png(text, vl_version=VERSION, scale=scale, allowed_base_urls=[])


def _prepare() -> None:
    """Our own fonts, the same on every machine: texts are measured with them."""
    global _is_ready
    if not _is_ready:
        vl_convert.register_font_directory(str(FONTS))
        _is_ready = True


if __name__ == "__main__":
    json.dump([svg(text) for text in json.load(sys.stdin)], sys.stdout)
