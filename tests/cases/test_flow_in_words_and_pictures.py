"""A flow told and drawn: the same words on the page, in the picture's description and on the lines between boxes."""

import xml.etree.ElementTree as ElementTree
from itertools import combinations

import pytest
from django.core.management import call_command
from django.utils.translation import override

from oppidum.cases.declaration import Action, Flow, Number, answer, catalogue, get_service, step
from oppidum.cases.declaration.graph import draw_svg
from oppidum.cases.declaration.graph.layout import lay_out
from oppidum.cases.declaration.plain_words import plain_steps
from tests.cases.declaring import CLOSED, close, small_service

SVG = "{http://www.w3.org/2000/svg}"


def test_the_steps_of_a_report_are_told_in_french_from_the_first_to_the_ends():
    steps = plain_steps(get_service("report"), "fr")
    assert [step.is_end for step in steps] == sorted(step.is_end for step in steps)
    waiting = next(step for step in steps if step.name == "waiting")
    assert "Vous : « Répondre ». Le dossier reprend ensuite où il en était." in waiting.ways
    assert any(way.startswith("Après 15 jours sans nouvelles : ") for way in waiting.ways)
    done = next(step for step in steps if step.name == "done")
    assert done.is_end and done.ways[0].endswith("Possible pendant 14 jours.")


def test_silence_is_told_with_its_clock_and_conditions_in_words():
    permit = next(step for step in plain_steps(get_service("rental-permit"), "fr") if step.name == "review")
    assert any(way.startswith("À la fin du délai «\u00a0Avis\u00a0»\u00a0:") for way in permit.ways), permit.ways
    small = Action("keep", "Keep it", by="act", when=answer("surface") > 9)
    flow = Flow(step("open", close >> "closed", small >> "closed", label="Open"), CLOSED)
    told = plain_steps(small_service(flow, form={"surface": Number("How large?")}), "en")
    assert "The authority: “Keep it” leads to “Closed”. Only if How large > 9." in told[0].ways


def test_what_residents_are_never_told_is_not_told():
    told = " ".join(way for step in plain_steps(get_service("report"), "en") for way in step.ways)
    assert "internal note" not in told


@pytest.mark.parametrize("service", catalogue().values(), ids=lambda s: s.code)
def test_every_flow_is_drawn_with_its_title_its_description_and_all_its_steps(service):
    with override("fr"):
        drawn = ElementTree.fromstring(draw_svg(service))
        labels = [str(step.label) for step in service.flow.steps.values()]
    title, description = drawn.find(f"{SVG}title"), drawn.find(f"{SVG}desc")
    assert drawn.get("aria-labelledby").split() == [title.get("id"), description.get("id")]
    texts = [" ".join(span.text for span in text.iter(f"{SVG}tspan")) for text in drawn.iter(f"{SVG}text")]
    for label in labels:
        assert " ".join(label.split()) in texts and label in description.text


def test_boxes_never_overlap_and_lines_start_at_their_boxes():
    sizes = dict.fromkeys("abcdefgh", (80.0, 30.0))
    edges = [("a", n) for n in "bcdefg"] + [("b", "h"), ("h", "a"), ("g", "h"), ("c", "c")]
    layout = lay_out(sizes, edges)
    for one, two in combinations(layout.boxes.values(), 2):
        assert abs(one.x - two.x) >= (one.width + two.width) / 2 or abs(one.y - two.y) >= (one.height + two.height) / 2
    for (source, target), points in layout.lines.items():
        assert points[0] == (layout.boxes[source].x, layout.boxes[source].y)
        assert points[-1] == (layout.boxes[target].x, layout.boxes[target].y)


def test_the_command_draws_a_picture_for_a_page(capsys):
    call_command("services", "graph", "report", "--format", "svg", "--language", "en")
    assert capsys.readouterr().out.startswith("<svg ")
