"""One answer saved among a thousand, a change with ten conditional questions, and a resident's own list: through the pages, in this process.

What others take for it: demarches-simplifiees.fr 0.7 s after mending (its issue 7832), 2,082 queries (11255), 26 to 39
queries and 425 ms (9774).
"""

import random
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from urllib.parse import urlsplit

from django.test import Client

from oppidum.cases import drafts
from oppidum.cases.declaration import Action, Flow, Form, Number, Page, Service, YesNo, answer, catalogue, end, registry, step
from oppidum.cases.filing import file_cases
from oppidum.cases.intake import prepare_case
from oppidum.cases.links import make_link
from oppidum.cases.models import Draft
from oppidum.cases.rules.standing import Contact
from oppidum.core import clock, rates
from oppidum.operations.benches.answer import Answer, percentile
from oppidum.operations.benches.counting import statements_counted
from oppidum.operations.benches.scratch import fill, made_up, own_siren, scratch_database
from oppidum.operations.benches.spots import draw_spots

CODE, ON_A_PAGE, CONDITIONAL = "thousand-answers", 20, 10
EMAIL = "bench@example.org"
PEERS = {
    "demarches-simplifiees.fr, one answer among 1,000 (issue 7832)": {"save_answer_ms": 700},
    "demarches-simplifiees.fr, ten conditional fields (issue 11255)": {"change_queries": 2082},
    "demarches-simplifiees.fr, a list of 30 cases (issue 9774)": {"my_cases_queries": 26, "my_cases_typical_ms": 425},
}


def run(answers: int = 1000, cases: int = 30, times: int = 300, reports: int = 20_000, seed: int = 1) -> Answer:
    """The figures on a scratch database with `reports` of other people."""
    with scratch_database(own_siren()):
        fill(reports, random.Random(seed))
        figures = measure(answers, cases, times, seed)
    return Answer(
        "answers", figures, peers=PEERS, settings={"answers": answers, "cases": cases, "times": times, "reports": reports}
    )


def measure(answers: int, cases: int, times: int, seed: int = 1) -> dict[str, float]:
    """Saving, changing and listing, on the database in use."""
    with declared(thousand_answers(answers)) as service:
        saved, change_queries = _save(service, times)
        listed, list_queries = _list(service, cases, times, random.Random(seed))
    return {
        "save_answer_p50_ms": round(percentile(saved, 0.50), 1),
        "save_answer_p95_ms": round(percentile(saved, 0.95), 1),
        "change_queries": change_queries,
        "my_cases_p50_ms": round(percentile(listed, 0.50), 1),
        "my_cases_p95_ms": round(percentile(listed, 0.95), 1),
        "my_cases_queries": list_queries,
    }


def thousand_answers(count: int) -> type[Service]:
    """A service that asks `count` questions, twenty on a page; on each page ten depend on the first."""
    close = Action("close", "Close", by="act")
    names = {
        "__doc__": "A form as long as they come, for benchmarks.",
        "code": CODE,
        "name": "A thousand answers",
        "owner": "support",
        "retention": "P1Y",
        "applicants": ("resident",),
        "form": Form(*(_page(n) for n in range(count // ON_A_PAGE))),
        "flow": Flow(step("filed", close >> "closed", label="Filed"), end("closed", label="Closed")),
    }
    return type("ThousandAnswers", (Service,), names)


def _page(n: int) -> Page:
    more = answer(f"more_{n}").is_(True)
    asked = {f"more_{n}": YesNo("More?", required=True)}
    asked |= {
        f"q_{n}_{i}": Number(f"Question {i}", required=True, when=more if i < CONDITIONAL else None) for i in range(ON_A_PAGE - 1)
    }
    return Page(f"page-{n}", f"Page {n}", **asked)


@contextmanager
def declared(service: type[Service]) -> Iterator[type[Service]]:
    """The service in the catalogue, until the block ends."""
    versions = registry._versions()
    catalogue()[service.code], versions[service.code] = service, service.version()
    try:
        yield service
    finally:
        del catalogue()[service.code], versions[service.code]


def typed(service: type[Service], more: bool, number: int) -> dict[str, str]:
    """Answers to every question as a page sends them."""
    return {
        name: ("yes" if more else "no") if question.kind == "yes_no" else str(number) for name, question in service.form.items()
    }


def _save(service: type[Service], times: int) -> tuple[list[float], int]:
    """Milliseconds of each saving of one page among answered ones, in order; and the statements of one that brings ten questions and
    their answers."""
    draft = drafts.start_draft(service)
    draft.raw, draft.pages = typed(service, True, 1), [page.name for page in service.form.pages]
    drafts.save(draft)
    middle = service.form.pages[len(service.form.pages) // 2]
    address, browser, taken = f"/services/{CODE}/ask/{draft.token}/{middle.name}/", Client(SERVER_NAME="127.0.0.1"), []
    for number in range(times):
        sent = {name: value for name, value in typed(service, True, number % 90).items() if name in middle.questions}
        began = time.perf_counter()
        _post(browser, address, sent | {"shown": list(middle.questions)})
        taken.append((time.perf_counter() - began) * 1000)
    few = {name: value for name, value in typed(service, False, 3).items() if name in middle.questions}
    _post(browser, address, few | {"shown": list(few)})
    with statements_counted() as statements:
        _post(browser, address, few | {f"more_{middle.name.partition('-')[2]}": "yes", "shown": list(few)})
    if Draft.objects.get(pk=draft.pk).raw[next(iter(middle.questions))] != "yes":
        raise RuntimeError("the change was not saved")
    return sorted(taken), len(statements)


def _post(browser: Client, address: str, sent: dict) -> None:
    sent_back = browser.post(address, sent)
    if sent_back.status_code != 303:
        raise RuntimeError(f"{address}: {sent_back.status_code}")


def _list(service: type[Service], cases: int, times: int, rng: random.Random) -> tuple[list[float], int]:
    """Milliseconds of each reading of a resident's list, in order, and its statements: reports and requests, newest first."""
    rates.forget()
    author, now = Contact("Bench", EMAIL, "", "fr"), clock.now()
    reports = [made_up(rng, spot, now, 1) for spot in draw_spots(cases - cases // 3, rng)]
    requests = [prepare_case(service, typed(service, True, 1), channel="portal") for _ in range(cases // 3)]
    file_cases(replace(new, contact=author) for new in [*reports, *requests])
    browser, taken = Client(SERVER_NAME="127.0.0.1"), []
    browser.get(urlsplit(make_link(EMAIL)).path)
    for _ in range(times):
        began = time.perf_counter()
        page = browser.get("/my-reports/")
        taken.append((time.perf_counter() - began) * 1000)
    if page.content.count(b'class="report-row"') != cases:
        raise RuntimeError(f"{cases} cases were filed, the list shows {page.content.count(b'report-row')}")
    with statements_counted() as statements:
        browser.get("/my-reports/")
    return sorted(taken), len(statements)
