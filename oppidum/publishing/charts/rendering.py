"""Drawing: Vega-Lite specifications to SVG and PNG, offline, each drawn once.

A drawing takes about a tenth of a second, so it is kept by its content: in the process, and under VAR/charts for the next one. Many
at once are shared out to as many processes as there are processors.
"""

import hashlib
import json
import os
import subprocess
import sys
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import vl_convert
from django.conf import settings

from oppidum.publishing.charts import drawing

KEPT = 400  # drawings kept in the process
SHARED_FROM = 12  # fewer than these are drawn sooner here than by a process that must first start
_kept: OrderedDict[str, bytes] = OrderedDict()


def spec_json(spec: Mapping[str, Any]) -> str:
    """The specification as JSON, keys in a fixed order, so that equal charts have equal texts."""
    return json.dumps(spec, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def render_svg(spec: Mapping[str, Any]) -> bytes:
    """The drawing as SVG, texts as texts, no style attribute (the security policy of pages allows none)."""
    return render_all([spec])[0]


def render_png(spec: Mapping[str, Any], scale: float = 2) -> bytes:
    """The drawing as PNG; `scale` 2 is 192 dots an inch."""
    text = spec_json(spec)
    return _remember(_digest(f"png {scale}", text), lambda: drawing.png(text, scale), "png")


def render_all(specs: Sequence[Mapping[str, Any]]) -> list[bytes]:
    """The drawings as SVG, in their order; those not drawn yet are shared out to processes."""
    texts = [spec_json(spec) for spec in specs]
    digests = [_digest("svg", text) for text in texts]
    missing = {digest: text for digest, text in zip(digests, texts, strict=True) if _find(digest, "svg") is None}
    drawn = dict(zip(missing, _draw(list(missing.values())), strict=True))
    for digest, content in drawn.items():
        _keep(digest, content, "svg")
    return [drawn.get(digest) or _find(digest, "svg") or b"" for digest in digests]


def _draw(texts: list[str]) -> list[bytes]:
    """Every text drawn; many are dealt out like cards to this process and its helpers."""
    hands = min(os.cpu_count() or 1, len(texts) // (SHARED_FROM // 2)) if len(texts) >= SHARED_FROM else 1
    drawn = [""] * len(texts)
    with ThreadPoolExecutor(hands) as pool:
        dealt = [pool.submit(_ask_helper, texts[n::hands]) for n in range(1, hands)]
        drawn[0::hands] = [drawing.svg(text) for text in texts[0::hands]]
        for number, done in enumerate(dealt, start=1):
            drawn[number::hands] = done.result()
    return [one.encode() for one in drawn]


def _ask_helper(texts: list[str]) -> list[str]:
    """What a second process draws; what it could not is drawn here, where the error is seen."""
    asked = [sys.executable, "-m", drawing.__name__]
    done = subprocess.run(asked, input=json.dumps(texts), capture_output=True, text=True, cwd=settings.ROOT, check=False)
    return json.loads(done.stdout) if done.returncode == 0 else [drawing.svg(text) for text in texts]


def _digest(kind: str, text: str) -> str:
    return hashlib.sha256(f"{vl_convert.__version__} {kind} {text}".encode()).hexdigest()


def _path(digest: str, suffix: str) -> Path:
    return Path(settings.VAR) / "charts" / digest[:2] / f"{digest}.{suffix}"


def _find(digest: str, suffix: str) -> bytes | None:
    if digest in _kept:
        _kept.move_to_end(digest)
        return _kept[digest]
    try:
        content = _path(digest, suffix).read_bytes()
    except FileNotFoundError:
        return None
    _hold(digest, content)
    return content


def _remember(digest: str, draw, suffix: str) -> bytes:
    found = _find(digest, suffix)
    if found is None:
        found = draw()
        _keep(digest, found, suffix)
    return found


def _keep(digest: str, content: bytes, suffix: str) -> None:
    path = _path(digest, suffix)
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(f".{os.getpid()}")
    draft.write_bytes(content)
    draft.replace(path)
    _hold(digest, content)


def _hold(digest: str, content: bytes) -> None:
    _kept[digest] = content
    while len(_kept) > KEPT:
        _kept.popitem(last=False)


def forget() -> None:
    """Read drawings from the disk anew: between measurements and tests."""
    _kept.clear()
