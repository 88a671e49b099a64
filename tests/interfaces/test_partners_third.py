"""A third party acts by a signed link: no account, one case, what its role needs, until it expires or is revoked."""

import re
from datetime import timedelta

import pytest

from oppidum.cases.models import Case, Entry, Mail
from oppidum.cases.reading import read_standings
from oppidum.core import clock, rates
from oppidum.interfaces.partners.models import ThirdLink
from oppidum.interfaces.partners.thirds import revoke
from tests.interfaces.partner_fixtures import leak  # noqa: F401 -- a fixture


@pytest.fixture
def asked(leak):  # noqa: F811
    """(case id, the link's address) after the notary was asked for an opinion on the deed."""
    rates.forget()
    case_id = leak.file(price="200000", meter="M-1")
    leak.take(case_id, "ask_notary", notary_email={"email": "etude@notaires.example"})
    (link,) = re.findall(r"/third/[\w-]+/", Mail.objects.get().body)
    return case_id, link


def test_the_link_is_sent_once_and_only_its_hash_is_kept(asked):
    _case_id, link = asked
    mail, kept = Mail.objects.get(), ThirdLink.objects.get()
    assert mail.to == "etude@notaires.example" and kept.role == "notary"
    assert link.split("/")[2] not in str(vars(kept))


def test_it_shows_what_the_role_needs_and_nothing_else(asked, client):
    page = client.get(asked[1])
    said = page.content.decode()
    assert "200" in said and "M-1" in said and "fuite" not in said and "Rue Haute" not in said
    assert Case.objects.get().code not in said, "the code is the author's key"
    assert page["Referrer-Policy"] == "no-referrer" and "no-store" in page["Cache-Control"]


def test_it_takes_the_roles_actions_in_its_name_and_no_other(asked, client):
    case_id, link = asked
    assert client.post(f"{link}act/sign/", {"signed_price": ""}).status_code == 422
    assert client.post(f"{link}act/sign/", {"signed_price": "199000"}).status_code == 302
    assert Entry.objects.get(action="sign").actor_kind == "third:notary"
    client.post(f"{link}act/finish/", {"what_was_done": "x"})
    client.post(f"{link}act/begin/")
    assert read_standings([case_id])[case_id].step == "open"


def test_it_gives_the_opinion_that_is_asked(asked, client):
    case_id, link = asked
    assert "Give the opinion" in client.get(link).content.decode() or "Donner l’avis" in client.get(link).content.decode()
    assert client.post(f"{link}opinion/deed/", {"answer": "nonsense"}).status_code == 422
    assert client.post(f"{link}opinion/deed/", {"answer": "favourable", "reasons": "Acte conforme"}).status_code == 302
    assert read_standings([case_id])[case_id].facts["opinion:deed"] == "favourable"


def test_it_expires_can_be_revoked_and_can_not_be_guessed(asked, client):
    _case_id, link = asked
    with clock.at(clock.now() + timedelta(days=61)):
        assert client.get(link).status_code == 410
    revoke(ThirdLink.objects.get().pk)
    assert client.get(link).status_code == 410 and client.post(f"{link}act/sign/", {"signed_price": "1"}).status_code == 410
    assert client.get("/third/guess/").status_code == 404


def test_a_case_whose_persons_are_gone_opens_to_nobody(asked, client):
    from oppidum.cases.models import Live

    Live.objects.update(forgotten_on=clock.today())
    assert client.get(asked[1]).status_code == 404
