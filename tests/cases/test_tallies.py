"""What a service says of a tally is held against its form and its flow."""

from oppidum.cases.declaration import Action, Flow, Money, Party, Tally, Text, end, step, years
from tests.cases.declaring import faults

grant = Action("grant", "Grant", by="act", demands={"granted": Money("Granted", required=True)})
FLOW = Flow(step("open", grant >> "closed", label="Open"), end("closed", label="Closed"))
FORM = {"firm": Party("Who?", required=True), "why": Text("Why?")}


def said(**changed):
    given = {"same": "firm", "adds": {"grant": "granted"}, "within": years(3)} | changed
    return " ".join(fault for fault in faults(FLOW, form=FORM, tallies=(Tally("had", "Had", **given),)) if "tally" in fault)


def test_a_sound_tally_has_no_fault():
    assert said() == ""


def test_a_tally_goes_by_a_party_adds_what_an_act_demands_and_lasts_as_long_as_a_rule_says():
    assert "name a Party" in said(same="why")
    assert "correct the names" in said(adds={"grant": "given"})
    assert "correct the names" in said(takes={"claim": "claimed"})
    assert "no rule of the service" in said(within="window")
    assert "no list" in said(also=("why",))
