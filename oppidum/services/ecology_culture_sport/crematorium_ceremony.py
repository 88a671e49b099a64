"""Ceremonies and cremations at the crematoria (S24): asked for by funeral operators, between the delays of the law, with the mayor's authorisation."""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from oppidum.cases.declaration import (
    ANY,
    PAPERS,
    PUBLIC_TASK,
    STAY,
    Action,
    Booking,
    Choice,
    Clock,
    Contact,
    Day,
    Fee,
    FeeLine,
    Files,
    Flow,
    Form,
    Ineligible,
    Kept,
    Moment,
    Page,
    Party,
    Privacy,
    Profile,
    Service,
    Since,
    Slot,
    Tariff,
    TariffVersion,
    Text,
    YesNo,
    answer,
    dated,
    days,
    either,
    end,
    end_of,
    first_day,
    hours,
    money_moves,
    months,
    open_days,
    rule,
    starts_at,
    step,
    today,
    years,
)
from oppidum.services.ecology_culture_sport.crematoria import AGES, ASHES, COUNTED, CREMATORIA, HANDED, KINDS, WHO, WISHES
from oppidum.services.ecology_culture_sport.crematorium_ceremony_texts import FIGURES, LETTERS, NOTICES
from oppidum.services.shared.notes import internal_note

DELAYS = "CGCT, art. R2213-35"
URN = "CGCT, art. L2223-18-1"
VOTED = "Tarifs des crématoriums (délibération à indiquer)"
TIME = {"time": Slot(_("At what time?"), booking="time", required=True)}

# The law's delays: 24 hours at least, and at most 14 days from the death, from the entry of the body, or from the prosecutor's leave.
earliest = end_of(rule("least"), answer("died_at"))
latest = either(answer("derogation_until").given(), answer("derogation_until"),
                end_of(rule("most"), either(answer("counted_from").is_("death"), answer("died_at"), answer("counted_since"))))
TOO_SOON = Ineligible(when=starts_at("time") < earliest, says=_("A cremation takes place 24 hours after the death at the earliest (CGCT, art. R2213-35)."), instead=_("Choose a later time."))
TOO_LATE = Ineligible(when=first_day("time") > latest, says=_("That day is after the last one that the law allows (CGCT, art. R2213-35)."), instead=_("Choose an earlier time, or ask the prefect for a derogation and give its last day."))
WITHIN = {"barred": (TOO_SOON, TOO_LATE), "books": "time", "bulk": False, "demands": TIME}

confirm = Action("confirm", _("Papers complete: confirm the time"), by="act", demands={
    "authorised_on": Day(_("Cremation authorised by the mayor on"), latest=0, required=True)})
ask_papers = Action("ask_papers", _("Ask for papers"), by="act", demands={"message": Text(_("Which papers?"), required=True, lines=4, longest=2000, private=True)})
send_papers = Action("send_papers", _("Send papers"), by=("resident", "intake", "act"), demands={"papers": Files(_("Papers"), accept=PAPERS, most=6, private=True, required=True)})
move = Action("move", _("Choose another time"), by=("resident", "intake", "act"), frees="time", **WITHIN)
moved_by_us = Action("moved_by_us", _("Time changed by the crematorium"), by=("system", "act"), books="time", frees="time", bulk=False, demands=TIME)
unplaced = Action("unplaced", _("The crematorium can't receive at that time"), by=("system", "act"), frees="time")
rebook = Action("rebook", _("Choose a new time"), by=("resident", "intake", "act"), **WITHIN)
remind = Action("remind", _("Reminder of the day before"), by="system")
cancel = Action("cancel", _("Give the time back"), by=("resident", "intake", "act"), frees="time", bulk=False)
cremate = Action("cremate", _("The cremation took place"), by="act", charges="cremation", letter="certificate", numbers="cremation", bulk=False, demands={
    "cremated_on": Day(_("On which day?"), earliest=-7, latest=0, required=True)})
hand_over = Action("hand_over", _("Hand the urn over"), by="act", bulk=False, demands={
    "destination": Choice(_("What becomes of the ashes?"), HANDED, required=True), "receiver": Text(_("To whom?"), required=True, longest=120, private=True)})
scatter = Action("scatter", _("Scattered in the memorial garden"), by="act", bulk=False)
remind_urn = Action("remind_urn", _("The family is asked for its decision"), by="system")
year_over = Action("year_over", _("The urn was kept for a year"), by="system")
note = internal_note("act", "intake", "note")


class CrematoriumCeremony(Service):
    """Cérémonie et crémation (CGCT, art. L2223-40, L2223-18-1 à L2223-18-3, R2213-34 et R2213-35)."""

    code = "crematorium-ceremony"
    name = _("Ceremony and cremation")
    owner = "ecology-culture-sport"
    says = _("Your funeral operator reserves the time and the room with us, and brings the papers together for you. Four crematoria receive families, with or without a ceremony.")
    words = _("crematorium, cremation, funeral, death, ceremony, ashes, urn, undertaker, bereavement")
    icon = "flower"
    minutes = 6
    applicants = ("company", "association", "person")
    figures, notices, letters = FIGURES, NOTICES, LETTERS

    form = Form(
        Page("who", _("Who asks?"), who=Choice(_("Who reserves?"), WHO, required=True)),
        Page("operator", _("The funeral operator"),
             operator=Party(_("Name"), kinds=("company", "association", "commune"), required=True, prefill="applicant"),
             habilitation=Text(_("Number of the habilitation"), required=True, longest=20, hint=_("As the prefect gave it: 23-13-0045.")),
             habilitated_until=Day(_("Habilitation valid until"), required=True)),
        Page("deceased", _("The deceased"),
             first_name=Text(_("First names"), required=True, private=True, longest=120), last_name=Text(_("Name"), required=True, private=True, longest=120),
             birth=Day(_("Day of birth"), required=True, private=True, latest=0), age=Choice(_("Age"), AGES, required=True),
             died_at=Moment(_("Day and hour of the death"), required=True, latest=0, earliest=-400, fact=True),
             commune_of_death=Text(_("Commune of the death, or where the coffin was closed"), required=True, longest=120),
             counted_from=Choice(_("From when does the legal delay count?"), COUNTED, required=True, fact=True),
             counted_since=Day(_("Which day was that?"), latest=0, earliest=-60, when=answer("counted_from").one_of("entry", "prosecutor"), required=True, fact=True),
             derogated=YesNo(_("Has the prefect granted a derogation from the delay?"), required=True),
             derogation_until=Day(_("Until which day?"), earliest=0, latest=60, when=answer("derogated").is_(True), required=True, fact=True),
             no_battery=YesNo(_("Is it sure that no pacemaker or other device with a battery remains?"), required=True, hint=_("There never was one, or the physician or embalmer attests that it was taken out."))),
        Page("ceremony", _("The ceremony"), crematorium=Choice(_("Which crematorium?"), CREMATORIA, required=True, fact=True), kind=Choice(_("What does the family wish?"), KINDS, required=True, fact=True)),
        Page("time", _("The time"), hint=_("Only times within the delays of the law are shown."), **TIME),
        Page("ashes", _("The ashes"), ashes=Choice(_("What does the family wish for the ashes?"), ASHES, required=True)),
        Page("papers", _("The papers"), hint=_("What isn't there yet can be sent later, from the page of the request, before the ceremony."),
             wish=Choice(_("On what does the cremation rest?"), WISHES, required=True, private=True),
             authorisation=Files(_("Authorisation of the mayor, written wish or request, death certificate, attestation on the implant"), accept=PAPERS, most=6, private=True)),
        Page("you", _("How do we reach you?"), contact=Contact(_("The funeral operator"), required=True, prefill="contact"),
             family=Contact(_("The person who arranges the funeral"), fellow=True, hint=_("If they wish to be told too: the time, and what becomes of the urn."))),
    )
    eligibility = (
        Ineligible(when=answer("who").is_("family"), says=_("We are sorry for your loss. The time at the crematorium is reserved by the funeral operator whom you choose."),
                   instead=_("The list of habilitated operators is kept at every town hall; the crematorium answers your questions and shows you the rooms.")),
        Ineligible(when=answer("habilitated_until") < today(), says=_("This habilitation is over: nobody works for families without one (CGCT, art. L2223-23)."), instead=_("Have it renewed by the prefect, or let another operator reserve.")),
        Ineligible(when=answer("no_battery").is_(False), says=_("A device with a battery is taken out before the cremation (CGCT, art. R2213-15)."), instead=_("Ask the physician or the embalmer for the attestation, then reserve.")),
        TOO_SOON, TOO_LATE,
    )
    rules = {
        "least": dated(Since("2011-01-30", hours(24), source=DELAYS, verified=True), label=_("Least time from the death")),
        "most": dated(Since("2011-01-30", open_days(6), source=DELAYS + " (jusqu'au 11 juillet 2024)", verified=True), Since("2024-07-12", days(14), source=DELAYS + "; décret n° 2024-790", verified=True), label=_("Longest time from the death")),
        "urn_kept": dated(Since("2008-12-20", years(1), source=URN, verified=True), label=_("Time for which an urn is kept")),
        "urn_told": dated(Since("2008-12-20", months(11), source="Règlement intérieur des crématoriums"), own=True, label=_("After how long the family is asked for its decision")),
    }
    tariffs = {
        "cremation": Tariff(_("Cremation"), by=("age", "kind"), says={"age": AGES, "kind": KINDS}, versions=(TariffVersion("2022-01-01", source=VOTED, rows=(
            ("infant", ANY, 0), ("child", "direct", 29_000), ("child", "room", 38_000), ("adult", "direct", 58_000), ("adult", "room", 75_000))),)),
    }
    fees = (Fee("cremation", _("Cremation"), account="70688", due_days=30, lines=(FeeLine(_("Cremation"), price="cremation", by=(answer("age"), answer("kind"))),)),)
    bookings = (
        Booking("time", _("Time at the crematorium"), resource_kind="cremation", site="crematorium", model="kind", horizon=days(60), earliest=earliest, latest=latest,
                change_until="18:00", reminds="remind", moved="moved_by_us", unplaced="unplaced", done=("cremate",)),
    )
    clocks = (
        LEGAL := Clock("cremation", _("Last day of the cremation"), lasts="most", starts_from="died_at", when=answer("counted_from").is_("death") & ~answer("derogation_until").given(),
                       stopped_by=("cremate", "cancel"), warns=(2,), source=DELAYS, verified=True),
        replace(LEGAL, name="cremation_since", starts_from="counted_since", when=answer("counted_from").is_not("death") & ~answer("derogation_until").given()),
        Clock("urn_told", _("Question to the family"), lasts="urn_told", starts="cremate", stopped_by=("hand_over", "scatter"), silence="remind_urn", is_due=False, source=URN),
        Clock("urn_kept", _("Urn kept"), lasts="urn_kept", starts="cremate", stopped_by=("hand_over", "scatter"), silence="year_over", is_due=False, source=URN, verified=True),
    )
    flow = Flow(
        step("reserved", confirm >> "confirmed", ask_papers >> STAY, send_papers >> STAY, move >> STAY, moved_by_us >> STAY, remind >> STAY, unplaced >> "to_rebook", cancel >> "cancelled",
             label=_("Reserved"), says=_("The time is reserved. It becomes final once the papers are complete.")),
        step("confirmed", cremate >> "ashes", send_papers >> STAY, move >> STAY, moved_by_us >> STAY, remind >> STAY, unplaced >> "to_rebook", cancel >> "cancelled",
             label=_("Confirmed"), says=_("The papers are complete. The family is expected at that time.")),
        step("to_rebook", rebook >> "reserved", cancel >> "cancelled", label=_("New time to choose"), says=_("Please choose another time or another crematorium.")),
        step("ashes", hand_over >> "handed_over", scatter >> "scattered", remind_urn >> STAY, year_over >> "to_scatter",
             rests=True, sleeps_through=("remind_urn",), label=_("Urn at the crematorium"), says=_("The urn is kept at the crematorium, a year at most, until the family has decided.")),
        step("to_scatter", hand_over >> "handed_over", scatter >> "scattered", remind_urn >> STAY, label=_("Ashes to be scattered"), says=_("The year is over. Until the ashes are scattered the urn may still be fetched.")),
        end("handed_over", label=_("Urn handed over")), end("scattered", label=_("Ashes scattered")), end("cancelled", label=_("Given back")),
        always=(note >> STAY, *money_moves(bill="bill")),
    )
    privacy = Privacy(
        purpose=_("Receive families at the crematoria, and keep the register of cremations"), basis=PUBLIC_TASK, source="CGCT, art. L2223-40, R2213-34",
        persons=(_("persons who arrange a funeral"), _("agents of funeral operators")), categories=(_("identity and contact"), _("identity and death of the deceased"), _("payment")),
        recipients=(_("the team of the crematorium"), _("mayors of the communes concerned"), _("public accountant")),
        retention={"cancelled": "P1Y", "*": Kept("P30Y", reason=_("register of cremations and of the destination of ashes"))},
    )
    rehearsal = Profile(
        9_640, source="activity report 2023: 4 436 cremations in Marseille, 2 604 in Aix-en-Provence, 1 314 in Martigues, 1 097 in Aubagne; two in a hundred are given back",
        months=(1.2, 1.1, 1.05, 0.95, 0.9, 0.9, 0.95, 0.95, 0.9, 0.95, 1.0, 1.15), weekdays=(1.1, 1.0, 1.0, 1.0, 1.0, 0.8, 0.4),
        shares={"reserved.confirm": 0.95, "reserved.move": 0.03, "reserved.cancel": 0.02, "confirmed.cremate": 1.0, "ashes.hand_over": 0.86, "ashes.scatter": 0.13, "to_scatter.scatter": 1.0, "to_rebook.rebook": 1.0},
        days={"reserved": 1.2, "ashes": 6, "to_scatter": 8, "to_rebook": 1}, early=("reserved.confirm",),
        answers={"who": {"operator": 1.0}, "counted_from": {"death": 0.97, "entry": 0.02, "prosecutor": 0.01}, "derogated": {"true": 0.01, "false": 0.99}, "no_battery": {"true": 1.0},
                 "crematorium": {"crematorium-marseille": 0.4694, "crematorium-aix": 0.2755, "crematorium-martigues": 0.139, "crematorium-aubagne": 0.1161}, "kind": {"room": 0.72, "direct": 0.28},
                 "age": {"adult": 0.985, "child": 0.005, "infant": 0.01}, "ashes": {"family": 0.62, "undecided": 0.16, "garden": 0.12, "nature": 0.1}},
        # Who comes into the country is cremated soon, for the law's days count from then; an operator asks while its habilitation is valid.
        typical={"counted_since": (-1.0, 1.6), "habilitated_until": (900, 1.8)},
    )
