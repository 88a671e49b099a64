"""The demonstration's communes have something to show, made through the real doors."""

from oppidum.cases.models import Case, Live
from oppidum.communes.models import Document, Look
from oppidum.people.models import Officer, Role, Team
from oppidum.rehearsal import communes
from oppidum.rehearsal.communes import rehearse_communes


def test_a_commune_with_an_administrator_is_given_a_look_documents_and_an_answered_request(people, monkeypatch):
    for kept in (communes.LOOKS, communes.REQUESTS):
        monkeypatch.setitem(kept, "13901", kept["13001"])
    territories = Team.objects.create(code="territories", name="Relations avec les communes")
    people.bob.teams.add(territories)
    role = Role.objects.create(code="x", name="X", reach="communes", rights=["ask", "space"], of_communes=True)
    admin = Officer.objects.create_user("admin", "admin@aubane.example", role=role)
    admin.communes.set(["13901"])
    assert rehearse_communes().startswith("1 communes")
    assert Look.objects.get().commune_id == "13901" and Document.objects.count() == 2
    case = Case.objects.get(service="commune-request")
    assert case.commune_id == "13901" and Live.objects.get(pk=case.pk).step == "answered" and case.attachments.count() == 1
