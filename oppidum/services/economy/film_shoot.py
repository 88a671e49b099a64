"""Film shoot (S49): a production looks for a place, or asks for the places and days that it has found; works and events are weighed; a permit."""

from django.utils.translation import gettext_lazy as _

from oppidum.cases.declaration import (
    DOCUMENTS,
    PUBLIC_TASK,
    Choice,
    Clock,
    Contact,
    Files,
    Form,
    Ineligible,
    Items,
    Kept,
    Number,
    Page,
    Party,
    Period,
    Place,
    Privacy,
    Profile,
    Service,
    Since,
    Text,
    answer,
    dated,
    months,
)
from oppidum.cases.declaration.opinions import Opinion
from oppidum.cases.declaration.overlaps import Overlap
from oppidum.services.economy.film_shoot_flow import FLOW
from oppidum.services.economy.film_shoot_money import FEES, RULES, TARIFFS
from oppidum.services.economy.film_shoot_texts import ASKS, FIGURES, HOURS, KINDS, LETTERS, NEEDS, NOTICES

IS_SHOOT = answer("asks").is_("shoot")


class FilmShoot(Service):
    """Accueil de tournages: recherche de décors et autorisation de tournage sur le domaine public (CG3P, art. L2122-1)."""

    code = "film-shoot"
    name = _("Film shoot")
    owner = "economy"
    says = _("You film on the territory? We look for places with you, ask those who keep them, and give the permit to film on public land.")
    words = _("film, shoot, cinema, series, location, set, photo, permit, drone, production")
    icon = "camera"
    minutes = 12
    applicants = ("company", "association", "person")
    flow, letters, notices, figures, tariffs, fees = FLOW, LETTERS, NOTICES, FIGURES, TARIFFS, FEES

    form = Form(
        Page("film", _("The film"),
             title=Text(_("Title, for now"), required=True, longest=200),
             kind=Choice(_("What is it?"), KINDS, required=True, fact=True),
             asks=Choice(_("What do you ask for?"), ASKS, required=True, fact=True),
             synopsis=Text(_("What is filmed, in a few sentences?"), lines=5, longest=3000, required=True)),
        Page("search", _("What you look for"), when=answer("asks").is_("search"),
             looked_for=Text(_("Which places do you look for?"), hint=_("A street of the fifties, a beach without a road, an empty hospital."), lines=5, longest=3000, required=True)),
        Page("places", _("Places and days"), when=IS_SHOOT,
             where=Place(_("Where do you film?"), hint=_("The main place; the others below."), required=True),
             others=Items(_("Other places"), row=_("Place"), most=20, fields={"what": Text(_("Address"), required=True, longest=200)}),
             during=Period(_("From which day to which?"), earliest=10, latest=365, longest=60, required=True, fact=True),
             hours=Choice(_("At which hours?"), HOURS, many=True, required=True)),
        Page("crew", _("On the spot"), when=IS_SHOOT,
             people=Number(_("How many people?"), whole=True, minimum=1, maximum=1_000, required=True, fact=True),
             vehicles=Number(_("How many vehicles are parked?"), whole=True, minimum=0, maximum=200, required=True),
             needs=Choice(_("What do you need?"), NEEDS, many=True, fact=True),
             insurance=Files(_("Certificate of liability insurance, plan of the set"), accept=DOCUMENTS, most=6, largest_mb=20, required=True)),
        Page("who", _("The production"),
             production=Party(_("Who produces?"), kinds=("company", "association", "person"), required=True, prefill="applicant"),
             contact=Contact(_("Location manager"), needs=("email", "phone"), required=True, prefill="contact")),
    )
    eligibility = (
        Ineligible(answer("needs").one_of("weapons") & answer("hours").one_of("night"), _("No weapon, real or false, and no explosion is shown on public land at night."),
                   _("Film that scene by day, or in a closed place.")),
    )
    opinions = (
        Opinion("roads", _("Roads and works"), of="team:roads", due=10, silence="favourable"),
        Opinion("communes", _("Commune: events, markets, police of the street"), of="team:territories", due=10, silence="favourable"),
    )
    overlaps = (Overlap(place="where", period="during", metres=300, services={"film-shoot": "during", "project": "", "report": "", "bulky-waste": ""}),)
    rules = RULES | {
        "answer": dated(Since("2015-11-12", months(2), source="CRPA, art. L231-4; décret n° 2015-1459 du 10 novembre 2015", verified=True)),
    }
    clocks = (
        Clock("answer", _("Answer to the request"), lasts="answer", suspended_by="propose_places", resumed_by="choose_place", stopped_by=("permit", "refuse", "withdraw", "drop"),
              means="refusal", warns=(15, 5), source="décret n° 2015-1459 du 10 novembre 2015", verified=True),
    )
    privacy = Privacy(
        purpose=_("Welcome film shoots and permit them on public land"), basis=PUBLIC_TASK, source="CG3P, art. L2122-1",
        persons=(_("location managers and producers"),), categories=(_("identity and contact"), _("the film"), _("bills and payments")),
        recipients=(_("the film office"), _("those who keep the places"), _("public accountant")),
        retention={"over": Kept("P5Y", reason=_("claims on the permit")), "*": "P2Y"},
    )
    rehearsal = Profile(
        150, source="activity report 2023, line 2241: 150 searches for locations",
        months=(0.6, 0.8, 1.1, 1.3, 1.4, 1.2, 0.8, 0.6, 1.4, 1.2, 0.9, 0.7),
        shares={"asked.ask_opinions": 0.75, "asked.propose_places": 0.9, "asked.refuse": 0.04, "asked.drop": 0.04, "proposed.choose_place": 0.6, "proposed.drop": 0.3,
                "review.permit": 0.9, "review.refuse": 0.06, "permitted.shot": 0.85, "permitted.move_days": 0.08, "permitted.cancel": 0.05},
        days={"asked": 5, "proposed": 20, "review": 9, "permitted": 25},
        answers={"asks": {"shoot": 0.6, "search": 0.4}, "kind": {"series": 0.2, "feature": 0.15, "short": 0.2, "advert": 0.2, "documentary": 0.15, "photo": 0.1}},
    )
