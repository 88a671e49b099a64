"""Proofs over a declaration: a case can't get stuck, and nothing refers to what isn't there.

Each fault is one sentence: where (service, file and line), and what to do. They stop the start of the program, and
`oppidum services check` prints them. One subject a module; `CHECKS` is their order.
"""

from oppidum.cases.declaration.booking import booking_faults
from oppidum.cases.declaration.campaigns import campaign_faults
from oppidum.cases.declaration.checks import (
    acting,
    asking,
    beside,
    categories,
    clocks,
    flows,
    guards,
    identity,
    kinds,
    naming,
    notices,
    resting,
    silence,
    storing,
)
from oppidum.cases.declaration.checks.places import place_of
from oppidum.cases.declaration.contests import contest_faults
from oppidum.cases.declaration.entitled import entitled_faults
from oppidum.cases.declaration.fees import fee_faults
from oppidum.cases.declaration.letter_checks import check_letters
from oppidum.cases.declaration.marks import mark_faults
from oppidum.cases.declaration.outside import check_outside
from oppidum.cases.declaration.overlaps import overlap_faults
from oppidum.cases.declaration.privacy import check_privacy
from oppidum.cases.declaration.quick import quick_faults
from oppidum.cases.declaration.rulebook import check_rules
from oppidum.cases.declaration.service import Service
from oppidum.cases.declaration.tallies import tally_faults

CHECKS = (
    identity.says_who_it_is,
    flows.leads_to_steps_that_exist,
    flows.reaches_every_step,
    flows.can_end_everywhere,
    acting.somebody_may_act,
    flows.delays_lead_on,
    resting.hides_nothing,
    clocks.lead_on,
    silence.falls_where_it_may,
    check_rules,
    asking.asks_before_it_depends,
    beside.asks_who_can_answer,
    beside.routes_and_escalates,
    categories.are_whole,
    notices.say_known_words,
    naming.read_what_exists,
    naming.name_what_exists,
    naming.leaves_the_engine_its_names,
    naming.keep_persons_out_of_rules,
    kinds.fit_what_they_read,
    guards.hold_sometimes,
    guards.branches_are_taken,
    guards.never_turn_everybody_away,
    check_privacy,
    check_outside,
    booking_faults,
    fee_faults,
    campaign_faults,
    contest_faults,
    quick_faults,
    tally_faults,
    overlap_faults,
    entitled_faults,
    mark_faults,
    check_letters,
    storing.says_whom_a_change_reaches,
    storing.can_be_stored,
)
# What `oppidum services check` and the tests prove besides.
THOROUGH = (storing.can_be_restored,)


def check_service(service: type[Service], thorough: bool = False) -> list[str]:
    """All faults of one declaration, as sentences; empty when it may run."""
    name = service.code or service.__name__
    faults = [fault for check in (*CHECKS, *(THOROUGH if thorough else ())) for fault in check(service)]
    return [f"{name}{place_of(service, fault)}: {fault}" for fault in faults]
