"""The portal as residents meet it: a search, a page of a form, a request sent, over the real server with a million cases behind it.

Every request comes from a visitor of its own (another address behind a trusted proxy), so that limits a visitor has don't end the measuring.
"""

import http.client
import os
import platform
import random
import re
import time
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any
from urllib.parse import urlencode

from oppidum.cases import drafts
from oppidum.cases.completing import complete_one
from oppidum.cases.declaration import Files, Service, catalogue
from oppidum.cases.declaration.sampling import Sampler
from oppidum.cases.files.attachments import save_upload
from oppidum.cases.intake import prepare_case, rules_in_force
from oppidum.cases.models import Draft
from oppidum.cases.searching.vocabulary import get_vocabulary
from oppidum.core import clock
from oppidum.core.errors import Refusal
from oppidum.operations.benches.answer import Answer, percentile
from oppidum.operations.benches.figures_filling import count_rows, fill_year
from oppidum.operations.benches.generated import catalogue_of
from oppidum.operations.benches.intake import serving
from oppidum.operations.benches.scratch import made_up_answers, measured_database
from oppidum.operations.benches.spots import draw_spots
from oppidum.operations.serving import THREADS_PER_WORKER, WEB_WORKERS
from oppidum.services.living_environment.report import Report
from oppidum.territory.locate import find_zones
from oppidum.web.portal.asking_steps import look_at
from oppidum.web.portal.offered import is_askable
from oppidum.web.portal.season import find_season
from oppidum.web.questions import as_kept

ASKED = {"search_p95_ms": 30, "form_p95_ms": 60, "submit_p95_ms": 120}
WARM_UP = 30
DRAWS = 30  # forms tried for each request that is sent
_PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"


def run(
    cases: int = 1_000_000,
    searches: int = 600,
    forms: int = 600,
    submissions: int = 300,
    port: int = 8796,
    seed: int = 6,
    database: str = "",
    services: int = 40,
) -> Answer:
    """Fill a scratch database, or take `database` as it is, serve it as `oppidum up` does, and be its residents over one connection.

    Where fewer than `services` are declared, copies of them make up the number, in a package of a third party."""
    load, rng, own = os.getloadavg()[0], random.Random(seed), len(catalogue())
    with catalogue_of(services) as environment, measured_database(database) as url:
        rows_there = count_rows() if database else fill_year(cases, clock.today().year - 1)
        ready = list(ready_drafts(rng, submissions + WARM_UP))
        begun = begun_drafts(rng)
        with serving(url, port, OPPIDUM_PROXIES="1", **environment) as address:
            visit = Visitor(address.host, address.port)
            figures = figures_of(measure(visit, rng, ready, begun, searches, forms, submissions))
        settings = {
            "database": database or "scratch",
            "cases": rows_there["cases_case"],
            "services": len(catalogue()),
            "services_generated": len(catalogue()) - own,
            "services_with_forms": len({service.code for service, _draft in begun}),
            "services_sent": len({path.split("/")[2] for path in ready}),
            "searches": searches,
            "forms": forms,
            "submissions": submissions,
            "asked": ASKED,
        }
    made = {"web_workers": WEB_WORKERS, "threads_per_worker": THREADS_PER_WORKER, "cores": len(os.sched_getaffinity(0))}
    return Answer(
        "portal",
        figures,
        settings=settings | made | {"python": platform.python_version(), "load_before": round(load, 2)},
    )


def measure(
    visit: "Visitor", rng: random.Random, ready, begun, searches: int, forms: int, submissions: int
) -> dict[str, list[float]]:
    """Milliseconds of each request, in order of length, by what it asks for."""
    paths = [f"/services/found/?{urlencode({'q': words})}" for words in draw_words(rng, searches)]
    pages = [f"/?{urlencode({'q': words})}" for words in draw_words(rng, searches // 4)]
    stories = [f"/services/{rng.choice(begun)[0].code}/" for _ in range(forms // 4 + WARM_UP)]
    return {
        "search": timed(visit.get, paths),
        "search_page": timed(visit.get, pages),
        "service_page": timed(visit.get, stories),
        "form": timed(visit.get, draw_pages(rng, begun, forms)),
        "submit": timed(visit.file, [(path, "") for path in ready]),
        "submit_report": timed(visit.file, [visit.write_report(rng, spot) for spot in draw_spots(submissions // 4 + WARM_UP, rng)]),
    }


def figures_of(measured: dict[str, list[float]]) -> dict[str, float]:
    """p50 and p95 of each, in milliseconds."""
    shares = {"p50": 0.50, "p95": 0.95}
    return {
        f"{name}_{share}_ms": round(percentile(taken, at), 2) for name, taken in measured.items() for share, at in shares.items()
    }


def timed(ask: Callable[[Any], Any], asked: list[Any]) -> list[float]:
    """Milliseconds of each, in order of length; the first ones only warm the server up."""
    taken = []
    for one in asked:
        began = time.perf_counter()
        ask(one)
        taken.append((time.perf_counter() - began) * 1000)
    return sorted(taken[min(WARM_UP, len(taken) // 2) :])


def draw_words(rng: random.Random, count: int) -> list[str]:
    """What residents write, from the files of words, every third time with a slip of the finger."""
    phrases = [
        phrase
        for service in catalogue().values()
        for category in service.categories or ("",)
        for phrase in get_vocabulary(service, category).in_language("fr").phrases
    ]
    drawn = [rng.choice(phrases) for _ in range(count + WARM_UP)]
    return [_with_slip(rng, words) if n % 3 == 0 else words for n, words in enumerate(drawn)]


def _with_slip(rng: random.Random, words: str) -> str:
    at = rng.randrange(max(1, len(words) - 1))
    return words[:at] + words[at + 1] * 2 + words[at + 2 :] if len(words) > at + 2 else words


def begun_drafts(rng: random.Random) -> list[tuple[type[Service], Draft]]:
    """A draft of each service that residents can ask for today, half filled in."""
    begun = []
    for service in catalogue().values():
        if is_askable(service) and find_season(service, clock.now()).is_open:
            draft = drafts.start_draft(service)
            draft.raw = draw_raw(rng, service) or {}
            draft.pages = pages_asked(service, draft) if draft.raw else []
            drafts.save(draft)
            begun.append((service, draft))
    return begun


def pages_asked(service: type[Service], draft: Draft) -> list[str]:
    """The pages that are asked with its answers."""
    return [page.name for page in look_at(service, draft).pages]


def draw_pages(rng: random.Random, begun: list[tuple[type[Service], Draft]], count: int) -> list[str]:
    """Addresses of pages of forms, of each service as often; the first page where the others can't be reached yet."""
    found = []
    for n in range(count + WARM_UP):
        service, draft = begun[n % len(begun)]
        name = rng.choice(draft.pages) if draft.pages else service.form.pages[0].name
        found.append(f"/services/{service.code}/ask/{draft.token}/{name}/")
    return found


def ready_drafts(rng: random.Random, count: int) -> Iterator[str]:
    """Addresses of forms filled in to their end, of each service in turn that can be drawn so; a taken slot can't be made up."""
    services = [one for one in catalogue().values() if is_askable(one) and find_season(one, clock.now()).is_open]
    services = [one for one in services if draw_raw(rng, one)]
    if not services:
        raise LookupError("no form could be filled in: is the territory loaded?")
    for n in range(count):
        service = services[n % len(services)]
        raw = draw_raw(rng, service)
        if raw is None:
            continue
        draft = drafts.start_draft(service)
        draft.raw = raw
        draft.pages = pages_asked(service, draft)
        drafts.save(draft)
        yield f"/services/{service.code}/ask/{draft.token}/check/"


def draw_raw(rng: random.Random, service: type[Service]) -> dict | None:
    """Answers as a resident would send them, that the service takes; None where chance doesn't find any."""
    today = clock.today()
    of = {"files": _upload, "slot": lambda rng, question: None}
    for _ in range(DRAWS):
        shares = service.rehearsal.answers if service.rehearsal else {}
        sampler = Sampler(rng, today, 0.4, shares, place=_draw_place, of=of)
        try:
            drawn = sampler.answers(service.form, rules_in_force(service, today))
            raw = _as_sent(service.form, as_kept(service.form, drawn))
            prepare_case(service, raw, channel="portal")
        except Refusal:
            continue
        kept = complete_one(service.form, raw)
        asking = look_at(service, Draft(service=service.code, raw=kept))
        if not asking.barred and not any(asking.found.faults_of(page) for page in asking.pages):
            return kept
    return None


def _as_sent(fields, kept: dict) -> dict:
    return {
        name: [held["token"] for held in value] if isinstance(fields[name], Files) else value
        for name, value in kept.items()
        if fields[name].kind != "computed"
    }


def _upload(rng: random.Random, question: Files) -> list[dict]:
    held = [
        save_upload(BytesIO(_PDF + rng.randbytes(64)), "paper.pdf", question, clock.now()) for _ in range(max(1, question.least))
    ]
    return [{"token": one.token, "name": one.name, "type": "application/pdf", "bytes": len(_PDF) + 64} for one in held]


def _draw_place(rng: random.Random, wanted: tuple[str, ...]) -> dict:
    """A point of the territory with the zones that are there."""
    spots = draw_spots(20 if wanted else 1, rng)
    found = [(spot, find_zones(spot[0], spot[1])) for spot in spots]
    (lon, lat, commune), zones = next(((spot, held) for spot, held in found if set(wanted) <= set(held)), found[0])
    return {"lon": lon, "lat": lat, "commune": commune, "address": "12 rue de la République", "zones": [*zones]}


class Visitor:
    """Somebody else at each request, over one connection."""

    def __init__(self, host: str, port: int):
        self.link = http.client.HTTPConnection(host, port)
        self.count = 0
        self.cookies: dict[str, str] = {}

    def get(self, path: str) -> str:
        """The page; raises `RuntimeError` for any other answer."""
        return self._ask("GET", path, None, (200,))[1]

    def send(self, path: str, **answers: str) -> str:
        """Post a page of a form; the address that it leads to."""
        if "csrftoken" not in self.cookies:
            self.get("/report/")
        body = urlencode({"csrfmiddlewaretoken": self.cookies["csrftoken"], **answers}, doseq=True)
        return self._ask("POST", path, body, (302, 303))[0]

    def file(self, written: tuple[str, str]) -> None:
        """Send what was written, in the session of who wrote it; raises `RuntimeError` where it doesn't arrive."""
        path, session = written
        if session:
            self.cookies["sessionid"] = session
        led_to = self.send(path)
        if not led_to.endswith("/sent/"):
            raise RuntimeError(f"{path}: it was not taken, and leads to {led_to}")

    def write_report(self, rng: random.Random, spot: tuple[float, float, str]) -> tuple[str, str]:
        """A report written page by page up to its summary: the address that sends it, and the session that holds it."""
        self.cookies.pop("sessionid", None)
        token = re.search(r"/report/([\w-]{22})/photo/", self.get("/report/"))[1]
        category = Report.categories["roads.pothole"]
        answers = {name: "no" for name, question in category.questions.items() if question.kind == "yes_no"}
        answers |= {name: _typed(value) for name, value in made_up_answers(rng, category).items()}
        self.send(f"/report/{token}/photo/")
        self.send(f"/report/{token}/what/", category=category.code)
        self.send(f"/report/{token}/where/", place="12 rue de la République", lon=f"{spot[0]:.6f}", lat=f"{spot[1]:.6f}")
        self.send(f"/report/{token}/details/", shown=list(category.questions), words="Un trou devant l'école", **answers)
        self.send(f"/report/{token}/nearby/")
        self.send(f"/report/{token}/contact/", language="fr")
        return f"/report/{token}/check/", self.cookies["sessionid"]

    def _ask(self, method: str, path: str, body: str | None, wanted: tuple[int, ...]) -> tuple[str, str]:
        self.count += 1
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        headers["X-Forwarded-For"] = f"10.{self.count >> 16 & 255}.{self.count >> 8 & 255}.{self.count & 255}"
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self.link.request(method, path, body, headers)
        answer = self.link.getresponse()
        text = answer.read().decode()
        for line in answer.headers.get_all("Set-Cookie") or ():
            name, _, value = line.partition(";")[0].partition("=")
            self.cookies[name] = value
        if answer.status not in wanted:
            raise RuntimeError(f"{method} {path}: {answer.status}")
        return answer.headers.get("Location", ""), text


def _typed(value) -> str:
    return "no" if value is False else "yes" if value is True else str(value)
