"""PayFiP's documented form: what we send, and what we make of its answers. No network: the service is a function."""

from datetime import date
from xml.etree import ElementTree

import pytest

from oppidum.payments.errors import AmountWrong, ProviderSilent
from oppidum.payments.providers import Answer, Order, provider_named
from oppidum.payments.providers.payfip import PayFiP, plain_words, reference_of

ORDER = Order(
    "2027C0000001P7",
    12_345,
    "Leçons d'été n° 3",
    "lea@example.org",
    2027,
    "https://m.example/pay/back/t",
    "https://m.example/pay/notify/t?a=1&b=2",
)


def said(inside: str, operation="recupererDetailPaiementSecurise") -> bytes:
    return (
        '<S:Envelope xmlns:S="http://schemas.xmlsoap.org/soap/envelope/"><S:Body>'
        f'<n:{operation}Response xmlns:n="http://example/n"><return>{inside}</return></n:{operation}Response></S:Body></S:Envelope>'
    ).encode()


def fault(code: str) -> bytes:
    return (
        '<S:Envelope xmlns:S="http://schemas.xmlsoap.org/soap/envelope/"><S:Body><S:Fault><faultcode>S:Server</faultcode><detail>'
        f'<n:FonctionnelleErreur xmlns:n="http://example/n"><code>{code}</code><libelle>Motif</libelle></n:FonctionnelleErreur>'
        "</detail></S:Fault></S:Body></S:Envelope>"
    ).encode()


def payfip(answer: bytes, sent: list | None = None) -> PayFiP:
    def post(body: bytes) -> bytes:
        if sent is not None:
            sent.append(ElementTree.fromstring(body))
        return answer

    return PayFiP("006382", "T", post)


def test_the_nine_fields_leave_as_the_treasury_wants_them():
    sent = []
    started = payfip(said("<idOp>dc44-1</idOp>", "creerPaiementSecurise"), sent).start(ORDER)
    given = {field.tag: field.text for field in sent[0].find(".//arg0")}
    assert given == {
        "exer": "2027", "mel": "lea@example.org", "montant": "12345", "numcli": "006382", "objet": "Lecons d ete n 3",
        "refdet": "2027C0000001P7", "saisie": "T", "urlnotif": "https://m.example/pay/notify/t?a=1&b=2",
        "urlredirect": "https://m.example/pay/back/t",
    }  # fmt: skip
    assert started.operation == "dc44-1"
    assert started.address == "https://www.payfip.gouv.fr/tpa/paiementws.web?idop=dc44-1"


@pytest.mark.parametrize(
    ("result", "state", "means"),
    [
        ("P", "paid", "card"),
        ("V", "paid", "direct-debit"),
        ("A", "abandoned", ""),
        ("R", "refused", "card"),
        ("Z", "refused", "direct-debit"),
    ],
)
def test_the_result_codes(result, state, means):
    detail = f"<dattrans>05032027</dattrans><montant>12345</montant><numauto>A55</numauto><refdet>2027C0000001P7</refdet><resultrans>{result}</resultrans>"
    assert payfip(said(detail)).ask("dc44-1") == Answer(state, 12_345, "2027C0000001P7", means, "A55", date(2027, 3, 5))


def test_not_known_yet_is_waited_for_and_an_operation_that_is_gone_is_abandoned():
    assert payfip(fault("P5")).ask("x").state == "started"
    assert payfip(fault("P1")).ask("x").state == "abandoned"
    with pytest.raises(ProviderSilent):
        payfip(fault("T2")).ask("x")
    assert payfip(said("<resultrans></resultrans>")).ask("x").state == "started"


@pytest.mark.parametrize("answer", [b"", b"<html>", fault("M3"), said("", "creerPaiementSecurise")])
def test_whatever_else_it_says_nothing_begins(answer):
    with pytest.raises(ProviderSilent):
        payfip(answer).start(ORDER)


@pytest.mark.parametrize("cents", [99, 100_000_000])
def test_an_amount_that_it_would_refuse_is_not_sent(cents):
    with pytest.raises(AmountWrong):
        payfip(b"").start(Order("r", cents, "", "", 2027, "", ""))


def test_words_and_references_keep_to_its_alphabet():
    assert plain_words("Été à l'école — n° 12 " + "x" * 200, 100).startswith("Ete a l ecole n 12 x")
    assert len(plain_words("y" * 300, 100)) == 100
    assert reference_of("C-1") == "0000C1"


def test_the_setting_names_the_client_and_the_mode(settings):
    settings.PAYMENTS = "payfip:006382:W"
    provider = provider_named("payfip")
    assert (provider.number, provider.mode) == ("006382", "W")
