"""Film shoot (S49): a production looks for a place, or asks for the places and days that it has found; works and events are weighed; a permit.

Its way is in `film_shoot_flow.py`, its price in `film_shoot_money.py`.
"""

from django.utils.translation import gettext_lazy as _

from oppidum.cases.declaration import (
    DOCUMENTS,
    PUBLIC_TASK,
    Address,
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
    YesNo,
    answer,
    dated,
    days,
    months,
)
from oppidum.cases.declaration.opinions import Opinion
from oppidum.cases.declaration.overlaps import Overlap
from oppidum.cases.declaration.routing import Escalation
from oppidum.services.economy.film_shoot_flow import DAYS, FLOW, SOON, is_shoot
from oppidum.services.economy.film_shoot_letters import LETTERS
from oppidum.services.economy.film_shoot_money import FEES, RULES, TARIFFS
from oppidum.services.economy.film_shoot_texts import FIGURES, HOURS, KINDS, NEEDS, NOTICES, WISHES

SILENCE = "CRPA, art. L231-4; décret n° 2015-1459 du 10 novembre 2015"
has_drone = answer("needs").one_of("drone")


class FilmShoot(Service):
    """Accueil de tournages: recherche de décors et autorisation de tournage sur le domaine public (CG3P, art. L2122-1)."""

    code = "film-shoot"
    name = _("Film shoot")
    owner = "economy"
    says = _("You film on the territory? We look for places with you, ask those who keep them, and give the permit to film on public land.")
    words = _("film, shoot, cinema, series, location, set, photo, permit, drone, production")
    icon, minutes = "camera", 12
    applicants = ("company", "association", "person")
    for_communes = "cases"
    flow, letters, notices, figures, tariffs, fees = FLOW, LETTERS, NOTICES, FIGURES, TARIFFS, FEES

    form = Form(
        Page("film", _("The film"),
             film=Text(_("Title, for now"), required=True, longest=200),
             kind=Choice(_("What is it?"), KINDS, required=True, fact=True),
             wish=Choice(_("What do you ask for?"), WISHES, required=True, fact=True),
             synopsis=Text(_("What is filmed, in a few sentences?"), lines=5, longest=3000, required=True)),
        Page("search", _("What you look for"), when=answer("wish").is_("search"),
             looked_for=Text(_("Which places do you look for?"), hint=_("A street of the fifties, a beach without a road, an empty hospital."), lines=5, longest=3000, required=True),
             season=Text(_("When, roughly?"), longest=200)),
        Page("places", _("Places and days"), when=is_shoot,
             where=Place(_("Where do you film?"), hint=_("The main place; the others below."), required=True),
             **DAYS,
             hours=Choice(_("At which hours?"), HOURS, many=True, required=True),
             is_nature=YesNo(_("Is one of the places a beach, a forest, a park or a calanque?"), required=True, fact=True),
             others=Items(_("Other places"), row=_("Place"), most=12, least=0, fields={
                 "where": Place(_("Where?"), required=True), "during": Period(_("Other days there"), longest=60)})),
        Page("crew", _("On the spot"), when=is_shoot,
             people=Number(_("How many people?"), whole=True, minimum=1, maximum=1_000, required=True, fact=True),
             vehicles=Number(_("How many vehicles are parked?"), whole=True, minimum=0, maximum=200, required=True),
             needs=Choice(_("What do you need?"), NEEDS, many=True, fact=True),
             drone_operator=Text(_("Number of the drone's operator"), hint=_("FRA and thirteen signs, as registered with the civil aviation."), when=has_drone, longest=40, required=True),
             insurance=Files(_("Certificate of liability insurance, plan of the set"), accept=DOCUMENTS, most=6, largest_mb=20, required=True)),
        Page("who", _("The production"),
             production=Party(_("Who produces?"), kinds=("company", "association", "person"), required=True, prefill="applicant"),
             production_address=Address(_("Its postal address"), required=True),
             contact=Contact(_("Location manager"), needs=("email", "phone"), required=True, prefill="contact")),
    )
    eligibility = (
        Ineligible(answer("needs").one_of("weapons") & answer("hours").one_of("night"), _("No weapon, real or false, and no explosion is shown on public land at night."),
                   _("Film that scene by day, or in a closed place.")),
        *SOON,
    )
    opinions = (
        Opinion("roads", _("Roads and works"), of="team:roads", due=10, silence="favourable"),
        Opinion("communes", _("Commune: events, markets, police of the street"), of="team:territories", due=10, silence="favourable"),
        Opinion("nature", _("Natural areas, parks and beaches"), of="team:nature", due=15, silence="none", when=answer("is_nature").is_(True),
                source="Code de l'environnement, art. L331-4-1 et L414-4", verified=False),
        Opinion("prefecture", _("Prefecture: drones, weapons, explosions"), of="third:prefecture", due=15, silence="none", when=answer("needs").one_of("drone", "weapons"),
                source="Arrêté du 3 décembre 2020 relatif à l'utilisation de l'espace aérien par les aéronefs sans équipage à bord", verified=False),
    )
    overlaps = (Overlap(place="where", period="during", rows="others", metres=300, services={"film-shoot": "during", "public-event": "during", "project": ""}),)
    escalations = (Escalation("answer", before=10, to="supervisor", says=_("In ten days silence refuses the shoot")),)
    rules = RULES | {"answer": dated(Since("2015-11-12", months(2), source=SILENCE, verified=True))}
    # A search asks for no decision; whoever chooses a place, or other days, asks for one anew.
    clocks = (
        Clock("answer", _("Answer to the request"), lasts="answer", when=is_shoot, starts=("file", "change_days"), restarted_by=("choose_place", "move_days"),
              interrupted_by="ask_papers", interruption="papers_by", resumed_by="papers_in", stopped_by=("permit", "refuse", "withdraw", "abandon"),
              means="refusal", warns=(15, 5), source="décret n° 2015-1459 du 10 novembre 2015", verified=True),
        Clock("shooting", _("Days of the permit"), lasts=days(1), starts="permit", starts_from="during", stopped_by=("change_days", "cancel", "revoke"), silence="over",
              whose="applicant", is_due=False, source=_("the permit")),
    )
    privacy = Privacy(
        purpose=_("Welcome film shoots and permit them on public land"), basis=PUBLIC_TASK, source="CG3P, art. L2122-1",
        persons=(_("location managers and producers"),), categories=(_("identity and contact"), _("the film"), _("bills and payments")),
        recipients=(_("the film office"), _("those who keep the places"), _("public accountant")),
        retention={"filmed": Kept("P5Y", reason=_("claims on the permit")), "revoked": Kept("P5Y", reason=_("claims on the permit")), "*": "P2Y"},
    )
    rehearsal = Profile(
        260, source="activity report 2023, line 2241: 150 searches for locations; as many permits asked for directly as a house estimate: 110",
        months=(0.6, 0.8, 1.1, 1.3, 1.4, 1.2, 0.8, 0.6, 1.4, 1.2, 0.9, 0.7),
        shares={"asked.ask_opinions": 0.86, "asked.ask_papers": 0.08, "asked.propose_places": 0.9, "asked.refuse": 0.02, "asked.withdraw": 0.03, "asked.found_elsewhere": 0.02,
                "incomplete.papers_in": 0.9, "proposed.choose_place": 0.45, "proposed.found_elsewhere": 0.35, "opinions.withdraw": 0.02,
                "review.permit": 0.86, "review.refuse": 0.05, "review.move_days": 0.05, "review.withdraw": 0.04,
                "permitted.cancel": 0.05, "permitted.change_days": 0.06, "permitted.revoke": 0.01, "to_check.support": 0.08, "to_check.left_clean": 0.8, "to_check.damage": 0.05},
        days={"asked": 4, "incomplete": 8, "proposed": 20, "opinions": 8, "review": 4, "permitted": 9, "to_check": 6},
        answers={"wish": {"shoot": 0.5, "search": 0.5}, "is_nature": {"true": 0.3, "false": 0.7},
                 "supported_as": {"short": 0.44, "series": 0.33, "feature": 0.23},
                 "kind": {"series": 0.2, "feature": 0.12, "short": 0.2, "advert": 0.2, "documentary": 0.1, "photo": 0.14, "school": 0.04}},
        typical={"people": (18, 2.2), "vehicles": (4, 2), "during": (2, 1.6)},
    )
