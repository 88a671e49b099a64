"""What a declaration says of personal data is proved before anybody files."""

from datetime import date

import pytest

from oppidum.cases.declaration import PUBLIC_TASK, Kept, Privacy, Sees, Text, kept_of
from oppidum.cases.declaration.privacy import Duration, check_privacy
from tests.cases.test_declaration_checks import faults

SAID = {"purpose": "Let dwellings", "persons": ("landlords",), "categories": ("contact",), "recipients": ("the team",)}


def declared(**changes):
    return [fault for fault in faults(**changes) if "privacy" in fault or "retention" in fault]


def test_a_duration_counts_months_then_days_as_the_law_does():
    assert Duration.parse("P1M").after(date(2027, 1, 31)) == date(2027, 2, 28)
    assert Duration.parse("P1Y6M").after(date(2027, 1, 1)) == date(2028, 7, 1)
    assert Duration.parse("P2W3D").after(date(2027, 1, 1)) == date(2027, 1, 18)
    for nonsense in ("", "P", "2 years", "PT72H"):
        with pytest.raises(ValueError, match="no duration"):
            Duration.parse(nonsense)


def test_retention_follows_the_outcome():
    class Small:
        retention = ""
        privacy = Privacy(**SAID, retention={"granted": Kept("P5Y", "file"), "*": "P2Y"}, after="decide")

    assert kept_of(Small, "granted") == Kept("P5Y", "file")
    assert kept_of(Small, "refused") == Kept("P2Y", "decide")


def test_a_whole_declaration_has_no_fault():
    privacy = Privacy(**SAID, basis=PUBLIC_TASK, retention={"*": "P2Y"}, sees=(Sees(("income",), rights=("persons",)),))
    assert declared(form={"income": Text("Your income?")}, privacy=privacy, retention="") == []


def test_what_the_register_must_say_is_asked_for():
    assert "small: privacy: declare `recipients` (GDPR, art. 30)" in declared(privacy=Privacy(purpose="x", retention={"*": "P1Y"}))


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"basis": "because"}, "basis names no point"),
        ({"retention": {"*": "2 years"}}, "no duration"),
        ({"retention": {"*": "P1Y", "granted": "P2Y"}}, "'granted' is no step in which a case ends"),
        ({"retention": {"*": Kept("P1Y", "jump")}}, "starts at 'jump'"),
        ({"retention": {"*": Kept("P1Y", then="burn")}}, "then='burn'"),
        ({"sensitive": ("health",)}, "'health' is no question"),
        ({"sees": (Sees(("income",)),)}, "'income' is no question"),
        ({"dpia": True}, "dpia_reason"),
    ],
)
def test_a_wrong_declaration_does_not_run(changes, fault):
    found = declared(privacy=Privacy(**SAID | {"retention": {"*": "P1Y"}} | changes), retention="")
    assert any(fault in each for each in found), found


def test_sight_names_rights_that_officers_can_have():
    class Small:
        privacy = Privacy(**SAID, retention={"*": "P1Y"}, sees=(Sees(("income",), rights=("kings",)),))
        retention, form, categories = "", {"income": Text("?")}, {}

        class flow:
            steps, actions = {}, {}

    assert list(check_privacy(Small, frozenset({"persons"}))) == ["privacy: 'kings' is no right of officers: correct sees="]
