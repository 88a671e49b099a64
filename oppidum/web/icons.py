"""Icons drawn inside the page, from the copy of lucide-static that set-up puts in VAR/vendor."""

import logging
import re
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.utils.safestring import SafeString, mark_safe

_BODY = re.compile(r"<svg[^>]*>(.*?)</svg>", re.DOTALL)
_NAME = re.compile(r"[a-z0-9-]+")


log = logging.getLogger("oppidum.web")


@cache
def shape(name: str) -> str:
    """What is drawn, without the surrounding <svg>; nothing when set-up didn't copy it (the word says it all)."""
    found = _NAME.fullmatch(name) and finders.find(f"vendor/lucide-static/icons/{name}.svg")
    if not found:
        log.warning("icon %s is missing: add it to oppidum/web/icons.txt and run set-up again", name)
        return ""
    body = _BODY.search(Path(found).read_text(encoding="utf-8"))
    return re.sub(r"\s+", " ", body.group(1)).strip()


@cache
def draw(name: str, size: str = "") -> SafeString:
    """An icon for the eye only: a word always stands beside it, so readers of the screen skip it."""
    extra = f" icon-{size}" if size else ""
    return mark_safe(
        f'<svg class="icon{extra}" viewBox="0 0 24 24" width="24" height="24" fill="none" stroke="currentColor"'
        ' stroke-width="2" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">'
        f"{shape(name)}</svg>"
    )
