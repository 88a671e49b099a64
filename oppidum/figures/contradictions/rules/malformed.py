"""Numbers that no reader can take for one: "16 4536", "12,345,6", "4, 5 M€", "composé de108", "et M€ restant"."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from oppidum.figures.contradictions.dates import MONTH
from oppidum.figures.contradictions.findings import ERROR, NOTICE, WARNING, Finding
from oppidum.figures.contradictions.places import Reading, cite_words

_S = "[ \u00a0\u202f\u2009]"
_UNITS = r"(?:%|€|M€|Md€|Mds?\s?€|k€|millions?\b|milliards?\b|km[2²]?\b|m[2²3³]\b|ha\b|hectares\b|tonnes?\b|kg\b|euros?\b|heures\b)"
_GLUED = r"(?:de|des|les|aux|et|à|soit|dont|par|sur|près|environ|pour|avec|plus|total|contre|en|un|une|dans|ou|quelque|totalisant|compte)"

# (pattern, what is wrong with it, severity)
_PATTERNS = (
    (
        rf"(?<![\d,.|/-])(?<!\d{_S})(?!(?:19|20)\d\d{_S})(?!0\d?{_S})\d{{1,3}}(?:{_S}\d{{3}})*{_S}(?!(?:19|20)\d\d(?!\d))\d{{4,}}(?![\d/-])",
        gettext_noop("%(place)s: thousands stand in groups of three digits."),
        ERROR,
    ),
    (
        rf"(?<![\d,.|/-])(?<!\d{_S})[1-9]\d{{0,2}}(?:{_S}\d{{3}})+{_S}\d{{1,2}}(?=[ \u00a0\u202f](?:[a-zà-ÿ]|{_UNITS})|[.,;)]?$|[,.;)]\s)",
        gettext_noop("%(place)s: thousands stand in groups of three digits."),
        ERROR,
    ),
    (
        rf"(?<![\d,.|/-])(?<!\d{_S})(?<!et{_S})(?<!ou{_S})[1-9]\d{{0,2}}{_S}\d{{1,2}}(?={_S}?(?:{_UNITS}|[a-zà-ÿ]{{2,}}\b)(?!{_S}?\d))(?!{_S}\d{{1,2}}{_S}{MONTH})(?!{_S}(?:{MONTH}|et\b|ou\b|à\b|au\b))",
        gettext_noop("%(place)s: thousands stand in groups of three digits."),
        ERROR,
    ),
    (
        rf"(?<![\d,.|/-])(?<!\d{_S})(?!(?:19|20)\d\d{_S})\d{{4,}}{_S}\d{{2,3}}(?![\d])(?!{_S}\d{{2}}\b)",
        gettext_noop("%(place)s: thousands stand in groups of three digits."),
        ERROR,
    ),
    (r"(?<![\d,])\d+(?:,\d+){2,}(?![\d,])", gettext_noop("%(place)s: a number has one decimal comma at most."), ERROR),
    (
        r"(?<![\d.,/])\d{1,3}(?:\.\d{3})+,?\d*(?![\d.])",
        gettext_noop("%(place)s: a point doesn't part thousands in French."),
        WARNING,
    ),
    (r"(?<![\d.])\d+(?:\.\d+){2,}(?:,\d+)?(?![\d.])", gettext_noop("%(place)s: a number has one decimal sign."), WARNING),
    (
        r"(?<![\w.])\d+(?:,\.|\.,|,,|\.\.(?!\.))\d+",
        gettext_noop("%(place)s: two signs stand where one decimal comma should."),
        ERROR,
    ),
    (
        rf"(?<![\d,])(?!(?:19|20)\d\d,)\d+(?:{_S}\d{{3}})*,{_S}\d{{1,2}}{_S}?{_UNITS}(?!{_S}(?:et|à)\b)",
        gettext_noop("%(place)s: a space parts the number from its decimals."),
        ERROR,
    ),
    (rf"(?<![\d,])\d+{_S},{_S}?\d+{_S}?{_UNITS}", gettext_noop("%(place)s: a space parts the number from its decimals."), ERROR),
    (
        rf"(?<![\w’']){_GLUED}\d[\d \u00a0,]*\d?(?![\w-])",
        gettext_noop("%(place)s: the number is glued to the word before."),
        WARNING,
    ),
    (
        r"(?<![\w,./-])\d+(?:[ \u00a0]\d{3})*(?!(?:er|ers|e|es|ème|èmes|ères?|nd|nde|h|mn|min|bis|ter|m|km|ha|kg|kwh|mwh|ko|mo|go)\b)[a-zà-ÿ]{4,}(?!\d)",
        gettext_noop("%(place)s: the number is glued to the word behind."),
        WARNING,
    ),
    (
        r"(?:^|(?<=\s))(?:et|de|dont|soit|à|pour|environ|près de)\s(?:M€|Md€|Mds€|k€|%|km[2²]?|m[²³]|€)(?![\w])",
        gettext_noop("%(place)s: a unit stands without its number."),
        ERROR,
    ),
    (
        r"(?<![\w.])\d+[OlI]\d+\b(?!-)|(?<![\w])\d+O(?![\w])|\b[Il]\d{3,}\b",
        gettext_noop("%(place)s: a letter stands in place of a digit."),
        ERROR,
    ),
    (rf"\d{_S}?(?:%{_S}?%|€{_S}?€|%{_S}?€)", gettext_noop("%(place)s: the unit stands twice."), ERROR),
    (r"(?:^|(?<=\s))(?:\+\s?[-–]|[-–]\s?\+)\s?\d+", gettext_noop("%(place)s: two signs stand before the number."), WARNING),
    (
        rf"\b(?:{MONTH}|en)\s\d{{2}}\s\d{{2}}(?=[\s,.;:]|$)(?!\s[a-zà-ÿ]+s\b)",
        gettext_noop("%(place)s: the year is cut in two."),
        ERROR,
    ),
)
_RULES = [(re.compile(pattern, re.IGNORECASE if "GLUED" in why else 0), why, severity) for pattern, why, severity in _PATTERNS]
_PHONE = re.compile(r"(?<!\d)0[\d ]{0,4}(?:[ .]\d{2}){3,4}(?!\d)|\bwww\.\S+|https?://\S+|\bn°\s?[\d. -]+")
_ADDRESSED = re.compile(r"(?:ISO|article|art\.|norme|version|v|Ironman|loi|ligne|lignes|étages?|n°)\s?$", re.IGNORECASE)


_SIGNS = re.compile("[%€]")


def find(reading: Reading) -> Iterator[Finding]:
    for block in reading.document.blocks:
        if not block.has_digits and not _SIGNS.search(block.text):
            continue
        covered = [match.span() for match in _PHONE.finditer(block.text)]
        for pattern, why, severity in _RULES:
            for match in pattern.finditer(block.text):
                start, end = match.span()
                if any(first < end and start < last for first, last in covered) or _ADDRESSED.search(block.text[:start]):
                    continue
                if _is_laid_out(block, start, end) and severity != NOTICE:
                    continue
                covered.append((start, end))
                quoted = " ".join(block.text[max(0, start - 0) : end + 24].split())
                lines = block.lines_of(start, end)
                yield Finding(
                    "malformed", lines, (" ".join(match[0].split()),), _(why) % {"place": cite_words(quoted, lines[0])}, severity
                )


def _is_laid_out(block, start: int, end: int) -> bool:
    """Two numbers that the page's layout put side by side: a line ends between them, or ends right behind in a label."""
    lines = block.lines_of(start, end)
    if len(lines) > 1 and not re.search(r"\d,\s\d|\w\d", block.text[start:end]):
        return True
    behind = next((offset for offset, _line in block.starts if offset >= end), None)
    return (
        behind is not None
        and behind - end <= 1
        and block.text[behind : behind + 3].isupper()
        and block.kind == "paragraph"
        and start == 0
    )
