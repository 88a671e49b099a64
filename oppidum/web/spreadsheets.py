"""Texts that strangers wrote, in files that a spreadsheet opens."""

# A cell that begins like a formula would be run (OWASP, CSV injection); the full-width signs are taken for the plain ones.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def safe(text: str) -> str:
    """A text that no spreadsheet takes for a formula, blanks before it or not."""
    return "'" + text if text.startswith(_FORMULA) or text.lstrip(" \u00a0").startswith(_FORMULA) else text
