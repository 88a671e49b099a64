"""Contradictions at the desk: read by those who answer for figures, accepted with a reason, opened again."""

from oppidum.figures.models import AcceptedFinding, Entry

FINDINGS = "/desk/figures/findings/"


def make_contradiction(house) -> None:
    Entry.objects.filter(figure__name="bins-emptied", year=2025).update(value=-450)


def test_a_contradiction_is_listed_with_its_figure_and_accepted_with_a_reason(house, sign_in):
    make_contradiction(house)
    client = sign_in(house.dora)
    page = client.get(f"{FINDINGS}?year=2025").content.decode()
    assert "Bacs vidés" in page and "/desk/figures/2025/bins-emptied/" in page
    fingerprint = page.split('name="fingerprint" value="')[1][:16]
    client.post(f"{FINDINGS}accept/", {"year": "2025", "fingerprint": fingerprint, "reason": " "})
    assert not AcceptedFinding.objects.exists()
    client.post(f"{FINDINGS}accept/", {"year": "2025", "fingerprint": fingerprint, "reason": "Bacs retirés"})
    page = client.get(f"{FINDINGS}?year=2025").content.decode()
    assert "Bacs retirés" in page and "Aucune contradiction ouverte" in page
    assert AcceptedFinding.objects.get().by == house.dora
    client.post(f"{FINDINGS}reopen/", {"year": "2025", "fingerprint": fingerprint})
    assert not AcceptedFinding.objects.exists()


def test_who_does_not_answer_for_figures_sees_no_contradiction(house, sign_in):
    assert sign_in(house.ana).get(FINDINGS).status_code == 403
    assert sign_in(house.ana).post(f"{FINDINGS}accept/", {"year": "2025"}).status_code == 403


def test_a_finding_that_is_not_there_is_not_accepted(house, sign_in):
    asked = {"year": "2025", "fingerprint": "0" * 16, "reason": "x"}
    assert sign_in(house.dora).post(f"{FINDINGS}accept/", asked).status_code == 404
    assert sign_in(house.dora).post(f"{FINDINGS}reopen/", asked).status_code == 404
