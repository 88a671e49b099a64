"""The tokens hold the contrasts that LOOK promises: 4.5:1 for text, 3:1 for what bounds a control."""

import re

import pytest

TEXTS = ["ink", "ink-soft", "sea", "sea-deep", "pine", "ochre", "terracotta", "lavender"]
WASHES = {state: f"{state}-wash" for state in ("sea", "pine", "ochre", "terracotta", "lavender")}


def tokens(settings, scheme: str) -> dict[str, str]:
    """The colours of a scheme, by token."""
    sheets = ["tokens.css"] + (["tokens-dark.css"] if scheme == "dark" else [])
    found = {}
    for sheet in sheets:
        text = (settings.ROOT / "oppidum/web/static/web" / sheet).read_text()
        found |= dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", text))
    return found


def luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.2."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio, WCAG 2.2."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_can_be_read_on_every_ground(settings, scheme):
    held = tokens(settings, scheme)
    pairs = [(text, ground) for text in TEXTS for ground in ("stone", "stone-raised", "stone-sunk")]
    pairs += WASHES.items()
    pairs += [(text, wash) for text in ("ink", "ink-soft") for wash in WASHES.values()]
    pairs += [("on-sea", "sea"), ("on-sea", "sea-deep"), ("map-name", "map-land")]
    pairs += [("on-house", "house"), ("on-house-soft", "house")]
    weak = {pair: round(contrast(held[pair[0]], held[pair[1]]), 2) for pair in pairs}
    assert not {pair: ratio for pair, ratio in weak.items() if ratio < 4.5}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_controls_stand_out_from_their_ground(settings, scheme):
    held = tokens(settings, scheme)
    for ground in ("stone", "stone-raised", "stone-sunk"):
        assert contrast(held["line-strong"], held[ground]) >= 3
        assert contrast(held["focus"], held[ground]) >= 3
