"""Chromium for the tests: a page on the real server, looked at in all widths, by day and by night, with axe.

    def test_the_home_page(open_page, people):
        page = open_page("/")
        check_page(page)

`OPPIDUM_SHOTS=folder` keeps a screenshot of each look, for eyes. By night one width is looked at, for what colours decide; with
`OPPIDUM_EVERY_LOOK=1` (`make test-all`) every one, for everything.
"""

import os
import re
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from django.conf import settings

WIDTHS = (360, 768, 1440)
SCHEMES = ("light", "dark")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# Night changes the colours, not the layout nor what is said.
RULES_OF_COLOUR = ["color-contrast", "link-in-text-block"]
CHROMIUM = os.environ.get("OPPIDUM_CHROMIUM", "/usr/bin/chromium")
# The browser's own address bar, whose lists of suggestions are pages: they cost more than ours with each window that opens.
UNUSED = "WebUIOmniboxPopup,WebUIOmniboxFullPopup,WebUIOmniboxAimPopup"
# Long enough for a busy machine: a test that passes never waits so long.
WAIT_MS = 30_000
_SLUG = re.compile(r"[^a-z0-9]+")
# axe writes a style of its own, which the CSP refuses; chromium without a graphics card speaks of its driver.
_NOT_OURS = ("violates the following Content Security Policy directive 'style-src", "GL Driver Message")


@pytest.fixture(scope="session")
def chromium():
    """One browser for the whole run."""
    from playwright.sync_api import sync_playwright

    # Playwright's loop runs in this thread; Django would take any query made beside it for an asynchronous one.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", f"--disable-features={UNUSED}"])
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium, live_server):
    """`open_page("/desk/", officer=ana, width=1440, scheme="dark", javascript=False)`: a page, signed in or not.

    With None for a path it stays blank (for `check_pages`). More keyword arguments go to the browser's context (geolocation, permissions, locale...). What the page wrote to the
    console as an error is in `page.complaints`.
    """
    contexts = []

    def open_page(path="/", *, officer=None, width=1440, height=800, scheme="light", javascript=True, **more):
        context = chromium.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": height},
            color_scheme=scheme,
            java_script_enabled=javascript,
            **more,
        )
        context.set_default_timeout(WAIT_MS)
        contexts.append(context)
        if officer:
            context.add_cookies([session_cookie(officer, live_server.url)])
        page = context.new_page()
        page.complaints = []
        page.on("console", lambda said: page.complaints.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        if path is not None:
            page.goto(path)
        return page

    yield open_page
    for context in contexts:
        context.close()


def session_cookie(officer, url: str) -> dict:
    """The cookie of an officer who is signed in."""
    from django.test import Client

    client = Client()
    client.force_login(officer)
    return {"name": settings.SESSION_COOKIE_NAME, "value": client.cookies[settings.SESSION_COOKIE_NAME].value, "url": url}


def wait_for_maps(page) -> None:
    """Until every map is drawn (or says that it can't be)."""
    page.wait_for_selector("[data-map]:not([data-map-state=idle], [data-map-state=missing])", state="detached", timeout=3 * WAIT_MS)


def check_page(page, *, widths=WIDTHS, schemes=SCHEMES, ignore: Callable[[str], bool] = lambda text: False) -> None:
    """No complaint in the console, nothing wider than the screen, no violation found by axe: in each width and scheme."""
    page.wait_for_load_state()  # a click returns as soon as its answer begins
    found = [f"console: {text}" for text in page.complaints if not _is_noise(text) and not ignore(text)]
    before = page.viewport_size
    every_look = bool(os.environ.get("OPPIDUM_EVERY_LOOK"))
    axe = (settings.ROOT / "node_modules/axe-core/axe.min.js").read_text(encoding="utf-8")
    for scheme in schemes:
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        in_full = scheme == schemes[0] or every_look
        for width in widths if in_full else widths[-1:]:
            page.set_viewport_size({"width": width, "height": before["height"]})
            wait_for_maps(page)
            found += [
                f"{width} {scheme}: {one}"
                for one in _overflow(page) + _violations(page, axe, RULES if in_full else RULES_OF_COLOUR)
            ]
            _keep_shot(page, f"{width}-{scheme}")
    page.emulate_media(color_scheme="light")
    page.set_viewport_size(before)
    page.complaints.clear()
    assert not found, "\n".join([page.url, *found])


def check_pages(page, paths: Iterable[str], **how) -> None:
    """`check_page` on each of these paths, one after the other in the same window: a new one costs as much as the look at a page."""
    for path in paths:
        page.goto(path)
        check_page(page, **how)


def _is_noise(text: str) -> bool:
    return any(part in text for part in _NOT_OURS)


def _overflow(page) -> list[str]:
    wide = page.evaluate(
        """() => document.documentElement.scrollWidth <= innerWidth ? [] :
            [...document.body.querySelectorAll("*")].filter((one) => one.getBoundingClientRect().right > innerWidth + 1)
            .slice(0, 4).map((one) => `${one.tagName.toLowerCase()}.${one.className}`)"""
    )
    return [f"wider than the screen: {', '.join(wide)}"] if wide else []


def _violations(page, axe: str, rules: list[str]) -> list[str]:
    if not page.evaluate("() => Boolean(window.axe)"):
        page.evaluate(axe)
    # Style sheets are preloaded for a rule that is still an experiment, and not among ours.
    options = {"runOnly": rules, "resultTypes": ["violations"], "preload": {"assets": ["media"]}}
    answer = page.evaluate("(options) => axe.run(document, options)", options)
    return [
        f"{one['id']}: {one['help']}: " + "; ".join(str(node["target"]) for node in one["nodes"][:5])
        for one in answer["violations"]
    ]


def _keep_shot(page, look: str) -> None:
    folder = os.environ.get("OPPIDUM_SHOTS")
    if not folder:
        return
    path = page.url.split("/", 3)[-1].split("?")[0].lower()
    name = _SLUG.sub("-", path).strip("-") or "home"
    Path(folder).mkdir(parents=True, exist_ok=True)
    page.evaluate("() => { document.activeElement?.blur(); scrollTo(0, 0) }")
    page.screenshot(path=f"{folder}/{name}-{look}.png", full_page=True)
