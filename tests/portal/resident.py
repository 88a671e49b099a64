"""A resident at the form of any service, in a real browser: answers made from the declaration, typed as people type them.

    walk = AtTheForm(page, service, draw_answers(service, seed=1, **what_must_fit))
    walk.begin()
    walk.fill_all()      # every page, with a look at each
    walk.send()

What can only be known on the page (a free time, the place that a street proves to be, the token of a file) is taken from it, so that the
answers that were stored can be compared with what was typed.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from random import Random
from typing import Any

from oppidum.cases.declaration import Page, Service, Slot, find_ineligible, pages_of
from oppidum.cases.declaration.fields import Field
from oppidum.cases.declaration.fields.files import CONTENT_TYPES
from oppidum.cases.declaration.sampling import Sampler
from oppidum.core import clock

PDF = b"%PDF-1.7\n1 0 obj\n"
GO_ON = ".thumb-bar .button-big"
SEEDS = 200
Path = str


@dataclass(frozen=True)
class Street:
    """A place that people know: what they type, what they choose in the list, the answer that it makes."""

    typed: str
    chosen: str
    lon: float
    lat: float
    commune: str
    zones: tuple[str, ...] = ()


@dataclass(frozen=True)
class Wishes(Sampler):
    """Answers drawn by chance, but for those that must fit each other (`told`, cleaned) and the places (`streets`, by question)."""

    told: Mapping[str, Any] = field(default_factory=dict)
    streets: Mapping[str, Street] = field(default_factory=dict)

    def _answer(self, name: str, question: Field, known: Mapping[str, Any]) -> Any:
        if name in self.told:
            value = self.told[name]
            return None if value is None else question.take(value, self.today, known)
        if question.kind == "place":
            return place_answer(self.streets.get(name) or self.streets[""])
        if question.kind == "slot":
            return "first-free"
        return super()._answer(name, question, known)


def place_answer(street: Street) -> dict[str, Any]:
    return {
        "lon": street.lon,
        "lat": street.lat,
        "commune": street.commune,
        "address": street.chosen,
        "zones": sorted(street.zones),
    }


def draw_answers(
    service: type[Service], streets: Mapping[str, Street], told: Mapping[str, Any], seed: int = 1, today: date | None = None
) -> dict[str, Any]:
    """Answers with which the service can be asked for: the first seed from `seed` on that isn't turned away."""
    today = today or clock.today()
    rules = {f"rule:{name}": value for name, value in service.rules_on(today).items()}
    for at in range(seed, seed + SEEDS):
        answers = Wishes(Random(f"{service.code} {at}"), today, told=told, streets=streets).answers(service.form, rules)
        known = {**rules, **answers, "today": today.isoformat()}
        if find_ineligible(service.eligibility, known, frozenset(service.form)) is None:
            return answers
    raise LookupError(f"{service.code}: no seed from {seed} to {at} is let in; tell it more (`told`)")


@dataclass
class AtTheForm:
    """One request in one browser. `look` is called on each page as it is shown and as it is filled in."""

    page: Any
    service: type[Service]
    answers: dict[str, Any]
    streets: Mapping[str, Street]
    look: Callable[[Any, str], None] = lambda page, name: None
    javascript: bool = True

    def begin(self) -> None:
        """From the page of the service to the first questions."""
        self.page.locator(".start-form .button-big").click()
        self.page.wait_for_selector("[data-questions]")

    @property
    def pages(self) -> list[Page]:
        """The pages that these answers ask for."""
        return [one for one in pages_of(self.service.form) if one.asked(self._known())]

    def fill_all(self) -> None:
        """Every page, up to the summary."""
        for one in self.pages:
            self.fill(one)
            self.go_on()

    def fill(self, one: Page) -> None:
        """The questions of a page, in order; what is on screen afterwards is what the declaration asks with these answers."""
        self.page.wait_for_url(f"**/{one.name}/**")
        self.look(self.page, f"{one.name}-empty")
        for name, question in one.questions.items():
            if not question.asked(self._known()) or question.kind == "computed":
                continue
            if not self.page.locator(f"[data-question='{name}']").count() and not self.javascript:
                self.go_on()  # without a script the server asks on the way on
            self.page.wait_for_selector(f"[data-question='{name}']")
            if question.kind == "slot" or name in self.answers:
                self._type(name, question, self.answers.get(name))
        self._settle()
        if self.javascript:
            asked = [name for name, question in one.questions.items() if question.asked(self._known())]
            shown = self.page.eval_on_selector_all("[data-question]", "all => all.map(one => one.dataset.question)")
            assert shown == asked, f"{one.name}: on screen {shown}, declared {asked}"
        self.look(self.page, one.name)

    def go_on(self) -> None:
        self._settle()
        with self.page.expect_navigation():
            self.page.locator(GO_ON).click()

    def send(self) -> str:
        """Look at the summary, send, and read the code."""
        self.page.wait_for_selector(".check-section, .error-summary")
        assert not self.page.locator(".error-summary").count(), self.page.locator(".error-summary").inner_text()
        self.look(self.page, "check")
        self.page.locator(GO_ON).click()
        self.page.wait_for_selector(".sent")
        self.look(self.page, "sent")
        return self.page.locator("[data-copy]").first.get_attribute("data-copy")

    def _known(self) -> dict[str, Any]:
        today = clock.today()
        rules = {f"rule:{name}": value for name, value in self.service.rules_on(today).items()}
        return {"today": today.isoformat(), **rules, **self.answers}

    def _settle(self) -> None:
        """Until the answer that decides has been heard."""
        if self.javascript:
            self.page.evaluate("() => document.activeElement?.blur()")
            self.page.wait_for_selector("form[data-look]:not([aria-busy])")

    def _type(self, path: Path, question: Field, value: Any) -> None:
        getattr(self, f"_type_{question.kind}", self._type_text)(path, question, value)
        self._settle()

    def _fill(self, path: Path, value: Any) -> None:
        self.page.fill(f"#id_{path}", str(value))
        self.page.locator(f"#id_{path}").blur()

    def _check(self, path: Path, value: Any) -> None:
        self.page.check(f"input[name='{path}'][value='{value}']")

    def _type_text(self, path, question, value):
        self._fill(path, value)

    def _type_number(self, path, question, value):
        self._fill(path, f"{value:.10g}".replace(".", ",") if isinstance(value, float) else value)

    def _type_money(self, path, question, value):
        self._fill(path, f"{value // 100},{value % 100:02d}")

    def _type_yes_no(self, path, question, value):
        self._check(path, "yes" if value else "no")

    def _type_choice(self, path, question, value):
        if self.page.locator(f"select[name='{path}']").count():
            self.page.select_option(f"select[name='{path}']", value)
            return
        for one in value if question.many else [value]:
            self._check(path, one)

    def _type_period(self, path, question, value):
        self._fill(f"{path}-from", value["from"])
        self._fill(f"{path}-to", value["to"])

    def _type_place(self, path, question, value):
        """A street typed and chosen in the list; without a script the server proposes on the way on."""
        street = self.streets.get(path) or self.streets[""]
        self.page.fill(f"#id_{path}-address", street.typed)
        if self.javascript:
            self.page.locator(f"#id_{path}-address-places [role=option]", has_text=street.chosen).first.click()
        elif self.page.locator(f"input[name='{path}-choice']").count():
            self.page.locator(f"input[name='{path}-choice']").first.check()

    def _type_address(self, path, question, value):
        self._fill(f"{path}-text", value["text"])

    def _type_party(self, path, question, value):
        if self.page.locator(f"input[name='{path}-kind']").count():
            self._check(f"{path}-kind", value["kind"])
            self._settle()
        number = value.get("siret") or value.get("rna") or value.get("siren") or ""
        if number and not self.javascript:
            self.go_on()
        self._fill(f"{path}-name", value["name"])
        if number:
            self._fill(f"{path}-number", number)

    def _type_contact(self, path, question, value):
        for part in ("name", "email", "phone"):
            if value.get(part):
                self._fill(f"{path}-{part}", value[part])

    def _type_statement(self, path, question, value):
        self.page.check(f"#id_{path}-agreed")
        self._fill(f"{path}-name", value["name"])

    def _type_files(self, path, question, value):
        kind = CONTENT_TYPES["pdf"]
        papers = [{"name": f"{one['name']}.pdf", "mimeType": kind, "buffer": PDF} for one in value]
        self.page.set_input_files(f"input[type=file][name='{path}']", papers)
        if self.javascript:
            self.page.wait_for_function(
                "([path, count]) => document.querySelectorAll(`.kept-files input[name='${path}']`).length === count",
                arg=[path, len(value)],
            )

    def _type_items(self, path, question, value):
        for n, row in enumerate(value):
            if not self.page.locator(f"#id_{path}-{n}").count():
                self._settle()
                self.page.locator(f"button[name=add-row][value='{path}']").click()
                self.page.wait_for_selector(f"#id_{path}-{n}")
            for name, one in question.fields.items():
                if name in row and one.kind != "computed":
                    self.page.wait_for_selector(f"[name^='{path}-{n}-{name}']")
                    self._type(f"{path}-{n}-{name}", one, row[name])

    def _type_slot(self, path: Path, question: Slot, value: Any) -> None:
        """The first free time."""
        first = self.page.locator(f"input[name='{path}']").first
        first.check()
        self.answers[path] = first.get_attribute("value")


def same_answers(service: type[Service], stored: Mapping[str, Any], typed: Mapping[str, Any]) -> list[str]:
    """The questions whose stored answer is not what was typed. Where a point lies, which person a contact is and the tokens of files
    are the engine's own."""
    wrong = []
    for name, question in service.form.items():
        if question.kind in ("contact", "party", "computed"):
            continue
        if _shown(question, stored.get(name)) != _shown(question, typed.get(name)):
            wrong.append(f"{name}: stored {stored.get(name)!r}, typed {typed.get(name)!r}")
    return wrong


def _shown(question: Field, value: Any) -> Any:
    if value is None:
        return None
    match question.kind:
        case "place":
            return value["commune"], round(value["lon"], 3), round(value["lat"], 3)
        case "address":
            return value["text"]
        case "files":
            return [one["name"].removesuffix(".pdf") for one in value]
        case "statement":
            return value["name"]
        case "items":
            return [
                {name: _shown(one, row.get(name)) for name, one in question.fields.items() if one.kind != "computed"}
                for row in value
            ]
        case "choice" if question.many:
            return sorted(value)
    return value
