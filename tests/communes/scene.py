"""Two communes side by side, Aubane and Bellefont: each with three officers, a team, cases of every sort, documents.

| account | role | may |
| --- | --- | --- |
| admin-aubane, admin-bellefont | commune-administrator | all that a commune does, its officers and its look |
| agent-… | town-hall | act for the commune's team, ask the metropolis |
| elu-… | commune-councillor | ask the metropolis |

Every word that is a commune's own holds a mark of it ("Lavande" for Aubane, "Garrigue" for Bellefont): what shows another's mark has told of it.
`secret`: what stands between the metropolis and a person, on the commune's ground: no commune sees it.
"""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

from oppidum.bookings.calendars import make_slots
from oppidum.bookings.models import Opening, Resource
from oppidum.cases import drafts, outbox
from oppidum.cases.acting import act_on
from oppidum.cases.declaration import get_service
from oppidum.cases.filing import file_case, prepare_case
from oppidum.cases.models import Attachment, Case, Draft, Live, Mail, Photo, SavedView
from oppidum.cases.preparing import actor_of, prepare
from oppidum.cases.rules.standing import Command, Contact
from oppidum.communes.models import Document
from oppidum.core import clock
from oppidum.people import remits
from oppidum.people.models import Officer, Remit, Role, Team
from oppidum.publishing.models import Paper
from tests.people_of_town import PASSWORD, load_people
from tests.territory.town import IN_AUBANE, IN_BELLEFONT

ROLES = {
    "admin": ("commune-administrator", ["act", "assign", "note", "persons", "ask", "space"]),
    "agent": ("town-hall-officer", ["act", "assign", "note", "persons", "ask"]),
    "elu": ("commune-councillor", ["ask"]),
}
MARKS = {"aubane": "Lavande", "bellefont": "Garrigue"}
SECRET = "Secretdufoyer"


@dataclass
class Side:
    """A commune with all that is its own. `cases` by sort; `seen` are those that its officers see."""

    name: str
    code: str
    at: tuple[float, float]
    mark: str
    team: Team
    officers: dict[str, Officer] = field(default_factory=dict)
    cases: dict[str, Case] = field(default_factory=dict)
    things: dict[str, Any] = field(default_factory=dict)

    @property
    def seen(self) -> dict[str, Case]:
        return {sort: case for sort, case in self.cases.items() if sort != "secret"}

    @property
    def place(self) -> dict[str, Any]:
        return {"lon": self.at[0], "lat": self.at[1], "address": f"Rue {self.mark}"}

    def unpublished(self) -> set[str]:
        """What stands on no public page either."""
        words = (
            f"{one} {self.mark}"
            for one in ("Luc", "Zoé", "Un marché", "Le cahier", "Note", "Vue", "Brouillon", "Réponse", "Attestation", "elu")
        )
        return {*words, *(case.code for case in self.cases.values())}

    def marks(self) -> set[str]:
        """What nobody else may read."""
        return {self.mark, *(case.code for case in self.cases.values())}


def wednesday() -> date:
    """The day of the session that is booked: a Wednesday, a week off at least."""
    soon = clock.today() + timedelta(days=7)
    return soon + timedelta(days=(2 - soon.weekday()) % 7)


def build() -> SimpleNamespace:
    """The scene, on the day that the clock tells."""
    people = load_people()
    for service in ("commune-request", "commune-visit", "project", "housing-front-desk"):
        Remit.objects.create(service=service, team=people.roads, category="*")
    other = Team.objects.create(code="bellefont", name="Mairie de Bellefont", commune_id="13902")
    Remit.objects.create(service="report", team=other, category="noise", commune_id="13902")
    remits.forget()
    roles = {
        who: Role.objects.create(code=code, name=code, reach="communes", rights=rights, of_communes=True)
        for who, (code, rights) in ROLES.items()
    }
    course = Resource.objects.create(code="law", kind="commune-training", name="Marchés publics", capacity=9, team=people.roads)
    Opening.objects.create(resource=course, weekday=3, starts="09:00", ends="12:00")
    make_slots(clock.today(), clock.today() + timedelta(days=60), [course])
    sides = {
        "aubane": Side("aubane", "13901", IN_AUBANE, MARKS["aubane"], people.aubane),
        "bellefont": Side("bellefont", "13902", IN_BELLEFONT, MARKS["bellefont"], other),
    }
    for side in sides.values():
        _officers(side, roles)
        _cases(side, people)
        _things(side, people)
    return SimpleNamespace(people=people, roles=roles, **sides)


def _officers(side: Side, roles: dict[str, Role]) -> None:
    for who, role in roles.items():
        name = f"{who}-{side.name}"
        officer = Officer.objects.create_user(
            name, f"{name}@{side.mark}.example", PASSWORD, role=role, first_name=who, last_name=side.mark
        )
        officer.communes.set([side.code])
        officer.teams.set([side.team])
        side.officers[who] = officer


def _cases(side: Side, people) -> None:
    author = Contact(f"Zoé {side.mark}", f"zoe@{side.mark.lower()}.example", "+33612345678", "fr")
    report = {
        "lon": side.at[0],
        "lat": side.at[1],
        "commune": side.code,
        "channel": "portal",
        "address": f"Rue {side.mark}",
        "contact": author,
    }
    hole = {"category": "roads.pothole", "where": "road", "words": f"Un trou {side.mark}"}
    noise = {"category": "noise.neighbours", "what": "music", "words": f"Du bruit {side.mark}"}
    you = {"name": f"Luc {side.mark}", "email": f"luc@{side.mark.lower()}.example"}
    asked = {
        "wants": "request",
        "subject": "legal",
        "title": f"Un marché {side.mark}",
        "details": f"Le cahier {side.mark}",
        "urgent": "no",
    }
    project = {
        "title": f"Place {side.mark}", "theme": "mobility", "summary": f"Des arbres {side.mark}", "where": side.place, "is_public": "no",
        "milestones": [], "funders": [],
    }  # fmt: skip
    filed = {
        "ground": ("report", hole, report),
        "own": ("report", noise, report),
        "project": ("project", project, {"channel": "desk"}),
        "asked": ("commune-request", asked | {"place": side.place, "post": "mayor", "you": you}, {"channel": "desk"}),
        "seat": (
            "commune-request",
            {
                "wants": "training",
                "place": side.place,
                "session": f"law@{wednesday():%Y-%m-%d}T09:00/12:00",
                "trainee": f"Luc {side.mark}",
                "post": "officer",
                "you": you,
            },
            {"channel": "desk"},
        ),
        "secret": ("housing-front-desk", {"subject": "rent", "wants": "answer"}, {"channel": "front_desk", "commune": side.code}),
    }
    for sort, (service, raw, known) in filed.items():
        new = prepare_case(get_service(service), raw, **known)
        if sort == "secret":
            new = replace(new, address=f"Rue {SECRET}")
        side.cases[sort] = Case.objects.get(pk=file_case(new).case_id)
    while outbox.deliver():
        pass
    ana = actor_of(people.ana)
    act_on(side.cases["ground"].pk, Command("note", ana, {"note": f"Entre nous {side.mark} {SECRET}"}))
    request = get_service("commune-request")
    act_on(side.cases["asked"].pk, prepare(request, "give_answer", {"outcome": "advice", "message": f"Réponse {side.mark}"}, ana))


def _things(side: Side, people) -> None:
    now = clock.now()

    def paper(case: Case | None, seq: int | None, name: str) -> Attachment:
        token = f"{name}-{side.name}"
        return Attachment.objects.create(
            token=token, case=case, seq=seq, file=f"{token}.pdf", name=f"{name} {side.mark}.pdf", content_type="application/pdf", size=1,
            uploaded_at=now, verdict="clean",
        )  # fmt: skip

    def picture(case: Case) -> Photo:
        return Photo.objects.create(
            token=f"photo-{case.pk}", file="x.jpg", thumbnail="x.jpg", width=1, height=1, uploaded_at=now, case=case, seq=1
        )

    def mail(case: Case) -> Mail:
        return Mail.objects.create(
            case=case, seq=1, key=f"x:{case.pk}", to=f"x@{side.mark}.example", language="fr", subject=side.mark, body=side.mark,
            fate="failed", created_at=now, send_after=now,
        )  # fmt: skip

    asked = side.cases["asked"]
    answer = Live.objects.get(pk=asked.pk).version
    draft = drafts.start_draft(get_service("commune-request"), side.officers["agent"], "desk")
    draft.raw = {"wants": "request", "title": f"Brouillon {side.mark}"}
    drafts.save(draft)
    side.things = {
        "file": paper(asked, answer, "reponse"),
        "photo": picture(side.cases["ground"]),
        "own_photo": picture(side.cases["own"]),
        "mail": mail(side.cases["own"]),
        "draft": Draft.objects.get(token=draft.token),
        "view": SavedView.objects.create(officer=side.officers["admin"], name=f"Vue {side.mark}", query="view=late"),
        "document": Document.objects.create(
            commune_id=side.code,
            title=f"Note {side.mark}",
            attachment=paper(None, None, "note"),
            shared_at=now,
            shared_by=people.ana,
        ),
        "paper": Paper.objects.create(
            case=side.cases["seat"],
            seq=1,
            letter="certificate",
            kind="notice",
            template="certificate",
            key=f"p{side.name}",
            subject=f"Attestation {side.mark}",
            recipient=f"Luc {side.mark}",
            language="fr",
            fate="kept",
            made_at=now,
            data={},
        ),  # fmt: skip
    }
