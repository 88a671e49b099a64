"""Residents come with an account elsewhere, against a provider that runs in the tests; whatever it says wrongly opens nothing."""

import re

import pytest
from django.test import Client
from joserfc.jwk import RSAKey

from oppidum.cases.links import make_link
from oppidum.cases.models import Mail
from oppidum.cases.rules.standing import Contact
from oppidum.core import rates
from oppidum.people.models import Identity
from tests.desk.conftest import report
from tests.portal.identity_provider import CLIENT, SECRET, run_provider

ZOE = Contact("Zoé Mercadier", "zoe@example.org", "", "fr")


@pytest.fixture
def provider(settings, people):
    """ "One account", declared as FranceConnect is."""
    rates.forget()
    with run_provider() as found:
        settings.OIDC = {
            "one": {
                "name": "UnCompte",
                "issuer": found.issuer,
                "client_id": CLIENT,
                "client_secret": SECRET,
                "acr_values": "eidas1",
            }
        }
        yield found


def come_in(browser: Client, provider, **bent):
    """To the provider and back; `bent` alters what the browser brings back."""
    away = browser.get("/my/with/one/")
    return browser.get("/my/with/one/back", provider.login(away["Location"]) | bent)


def prove(browser: Client, email: str = "zoe@example.org"):
    return browser.get("/my/" + make_link(email).rsplit("/", 1)[1], follow=True)


def test_the_first_time_the_mailbox_is_proven_then_the_account_is_enough(provider):
    mine, browser = report(contact=ZOE), Client()
    assert "Encore une étape" in come_in(browser, provider).content.decode()
    assert browser.get("/my/messages/").status_code == 302
    link = re.search(r"/my/(\S+)", Mail.objects.get(to="zoe@example.org").body)[1]
    assert "Désormais, vous entrez avec UnCompte" in browser.get(f"/my/{link}", follow=True).content.decode()
    again = Client()
    assert come_in(again, provider)["Location"] == "/my-reports/"
    assert mine.code in again.get("/my-reports/").content.decode()


def test_an_address_that_a_provider_merely_claims_opens_nobodys_space(provider):
    report(contact=ZOE)
    provider.person = {"sub": "somebody-else", "email": "zoe@example.org", "email_verified": True}
    stranger = Client()
    come_in(stranger, provider)
    assert stranger.get("/my-reports/").content.decode().count("/follow/") == 1  # The way by code, offered to anybody.
    assert not Identity.objects.exists()


def test_a_link_opened_in_another_browser_binds_no_account(provider):
    come_in(Client(), provider)
    prove(Client())
    assert not Identity.objects.exists()


def test_a_link_to_another_address_binds_that_one_which_was_proven(provider):
    browser = Client()
    come_in(browser, provider)
    prove(browser, "zoe.work@example.org")
    assert Identity.objects.get().resident.email == "zoe.work@example.org"


def test_a_provider_whose_mailboxes_are_proven_opens_at_once(provider, settings):
    settings.OIDC["one"]["trusts_email"] = True
    provider.signed = True
    assert come_in(Client(), provider)["Location"] == "/my-reports/"
    provider.person = {"sub": "person-2", "email": "yann@example.org", "email_verified": False}
    assert "Encore une étape" in come_in(Client(), provider).content.decode()


@pytest.mark.parametrize(
    "bends",
    [{"nonce": "another"}, {"aud": "another"}, {"iss": "https://another.example"}, {"exp": 1}, {"acr": "low"}, {"sub": "another"}],
    ids=lambda bends: next(iter(bends)),
)
def test_a_token_for_another_visit_client_person_or_time_is_refused(provider, bends):
    provider.bends = bends
    assert come_in(Client(), provider).status_code == 403


def test_a_token_under_another_key_is_refused(provider):
    provider.signs_with = RSAKey.generate_key(2048, {"kid": "one"})
    assert come_in(Client(), provider).status_code == 403


@pytest.mark.parametrize(
    "bent", [{"state": "another"}, {"iss": "https://another.example"}, {"code": "another"}, {"error": "access_denied"}]
)
def test_an_answer_that_was_altered_on_the_way_is_refused(provider, bent):
    assert come_in(Client(), provider, **bent).status_code == 403


def test_an_answer_counts_once_and_only_in_its_own_browser(provider):
    browser = Client()
    sent = provider.login(browser.get("/my/with/one/")["Location"])
    assert Client().get("/my/with/one/back", sent).status_code == 403
    assert browser.get("/my/with/one/back", sent).status_code == 200
    assert browser.get("/my/with/one/back", sent).status_code == 403


def test_who_leaves_leaves_there_too(provider):
    browser = Client()
    come_in(browser, provider)
    prove(browser)
    assert browser.post("/my-reports/forget")["Location"].startswith(f"{provider.issuer}/end?id_token_hint=")
    assert browser.get("/my/messages/").status_code == 302


def test_the_way_in_names_the_accounts_and_unknown_ones_are_nowhere(provider):
    assert "Continuer avec UnCompte" in Client().get("/my-reports/").content.decode()
    assert Client().get("/my/with/two/").status_code == 404


def test_a_provider_that_is_away_is_told_and_the_link_remains(provider, settings):
    settings.OIDC["one"]["issuer"] = "http://127.0.0.1:9"
    assert Client().get("/my/with/one/").status_code == 502
