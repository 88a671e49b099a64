"""PayFiP (formerly TIPI), the payment service of the French Treasury for local authorities, in its web service form.

As publicly known of it: `creerPaiementSecurise` takes numcli, exer, refdet, objet, montant, mel, urlnotif, urlredirect and saisie (T test,
X activation, W production) and gives an idOp, with which the payer's page opens for fifteen minutes. `recupererDetailPaiementSecurise`
says what became of it: P paid by card, V by direct debit, A abandoned, R and Z refused; error P5 as long as nothing is known, P1 for an operation
that no longer exists. The notification (POST, idop) carries no proof: it makes us ask. Amounts are cents, one euro at least.
To be verified against the Treasury's guide before it is opened: this adapter has met no real server.
"""

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen
from xml.etree import ElementTree
from xml.sax.saxutils import escape

from oppidum.payments.errors import AmountWrong, ProviderSilent
from oppidum.payments.providers import Answer, Order, Started

SERVICE = "https://www.payfip.gouv.fr/tpa/services/securite"
PAGE = "https://www.payfip.gouv.fr/tpa/paiementws.web?idop="
NAMESPACE = (
    "http://securite.service.tpa.cp.finances.gouv.fr/services/mas_securite/contrat_paiement_securise/PaiementSecuriseService"
)
LEAST_CENTS, MOST_CENTS = 100, 99_999_999
SECONDS = 20
STATES = {"P": "paid", "V": "paid", "A": "abandoned", "R": "refused", "Z": "refused"}
MEANS = {"P": "card", "V": "direct-debit", "R": "card", "Z": "direct-debit"}
NOT_KNOWN_YET, GONE = "P5", "P1"


class PayFiPFault(ProviderSilent):
    """The service answered with a fault: `details["fault"]` is its code."""


def _post(body: bytes) -> bytes:
    request = Request(SERVICE, body, {"Content-Type": "text/xml; charset=utf-8"})
    try:
        with urlopen(request, timeout=SECONDS) as answer:
            return answer.read()
    except HTTPError as fault:  # SOAP faults come with status 500
        return fault.read()
    except (URLError, TimeoutError, OSError) as error:
        raise ProviderSilent(reason=str(error)) from error


class PayFiP:
    """The adapter. `post` carries bytes to the service and back: tests give their own."""

    name = "payfip"

    def __init__(self, number: str, mode: str = "T", post: Callable[[bytes], bytes] = _post):
        self.number, self.mode, self.post = number, mode, post

    def start(self, order: Order) -> Started:
        if not LEAST_CENTS <= order.amount_cents <= MOST_CENTS:
            raise AmountWrong
        given = {
            "exer": str(order.year),
            "mel": order.email,
            "montant": str(order.amount_cents),
            "numcli": self.number,
            "objet": plain_words(order.about, 100),
            "refdet": reference_of(order.reference),
            "saisie": self.mode,
            "urlnotif": order.notifies,
            "urlredirect": order.returns_to,
        }
        operation = self._call("creerPaiementSecurise", given).findtext(".//idOp")
        if not operation:
            raise PayFiPFault(fault="no idOp")
        return Started(operation, self.address_of(operation))

    def ask(self, operation: str) -> Answer:
        try:
            found = self._call("recupererDetailPaiementSecurise", {"idOp": operation})
        except PayFiPFault as fault:
            if fault.details["fault"] == NOT_KNOWN_YET:
                return Answer("started")
            if fault.details["fault"] == GONE:
                return Answer("abandoned")
            raise
        result = found.findtext(".//resultrans") or ""
        if result not in STATES:
            return Answer("started")
        amount = found.findtext(".//montant") or ""
        return Answer(
            STATES[result],
            int(amount) if amount.isascii() and amount.isdigit() else None,
            found.findtext(".//refdet"),
            MEANS.get(result, ""),
            found.findtext(".//numauto") or "",
            _day(found.findtext(".//dattrans") or ""),
        )

    def address_of(self, operation: str) -> str:
        return PAGE + operation

    def _call(self, operation: str, given: dict[str, str]) -> ElementTree.Element:
        fields = "".join(f"<{name}>{escape(value)}</{name}>" for name, value in given.items())
        body = (
            '<?xml version="1.0" encoding="UTF-8"?>'
            f'<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:pai="{NAMESPACE}"><soapenv:Body>'
            f"<pai:{operation}><arg0>{fields}</arg0></pai:{operation}></soapenv:Body></soapenv:Envelope>"
        )
        try:
            answer = ElementTree.fromstring(self.post(body.encode()))
        except ElementTree.ParseError as error:
            raise ProviderSilent(reason=str(error)) from error
        fault = answer.find(".//{http://schemas.xmlsoap.org/soap/envelope/}Fault")
        if fault is not None:
            raise PayFiPFault(fault=fault.findtext(".//code") or "", told=fault.findtext(".//libelle") or "")
        return answer


def plain_words(text: str, longest: int) -> str:
    """Letters without accents, digits and spaces: all that `objet` accepts."""
    ascii_text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return " ".join(re.sub(r"[^A-Za-z0-9 ]", " ", ascii_text).split())[:longest].strip()


def reference_of(reference: str) -> str:
    """`refdet`: six to thirty letters and digits."""
    return re.sub(r"[^A-Za-z0-9]", "", reference).rjust(6, "0")[:30]


def _day(text: str) -> date | None:
    """ddmmyyyy, as the service writes days."""
    return date(int(text[4:]), int(text[2:4]), int(text[:2])) if re.fullmatch(r"\d{8}", text) else None
