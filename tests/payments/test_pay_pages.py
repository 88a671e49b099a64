"""The payer's way, from the code to the receipt; the desk's panel and the accountant's files."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from oppidum.cases.models import Case, Live
from oppidum.payments.models import Movement, Payment, Simulated
from oppidum.people.models import Role
from oppidum.web.pay.panel import money_panel
from tests.people_of_town import PASSWORD


@pytest.fixture
def browser():
    return Client()


@pytest.fixture
def accountant(people):
    Role.objects.filter(code="supervisor").update(rights=["act", "money"])
    return type(people.dora).objects.get(pk=people.dora.pk)


@pytest.fixture
def counter(accountant):
    client = Client()
    client.login(username=accountant.username, password=PASSWORD)
    return client


def code_of(charge):
    return Case.objects.get(pk=charge.case_id).code


def begin(browser, charge, **more):
    answer = browser.post(reverse("pay:begin", args=[code_of(charge), charge.reference]), {"email": "lea@example.org", **more})
    assert answer.status_code == 302, answer.content.decode()
    return answer["Location"]


def test_a_resident_pays_and_keeps_a_receipt(pool, browser):
    charge = pool.enrol(10)
    page = browser.get(reverse("pay:page", args=[code_of(charge)])).content.decode()
    assert "10 lessons × 10,00\u00a0€ = 100,00\u00a0€" in page
    assert "Tout payer" in page and 'value="lea@example.org"' in page
    simulated = begin(browser, charge, part="all")
    assert "100,00\u00a0€" in browser.get(simulated).content.decode()
    back = browser.post(simulated, {"state": "paid"})["Location"]
    answer = browser.get(back, follow=True).content.decode()
    assert "Entièrement payé" in answer and "2027R0000001" in answer
    receipt = browser.get(reverse("pay:receipt", args=[code_of(charge), "2027R0000001"])).content.decode()
    assert "Quittance 2027R0000001" in receipt and "100,00\u00a0€" in receipt


def test_paying_in_three_parts(pool, browser):
    charge = pool.enrol(10)
    page = browser.post(reverse("pay:plan", args=[code_of(charge), charge.reference]), {"plan": "parts"}, follow=True)
    assert "Payer la prochaine échéance\u00a0: 33,34\u00a0€" in page.content.decode()
    browser.post(begin(browser, charge, part="next"), {"state": "paid"})
    charge.refresh_from_db()
    assert charge.balance_cents == 6_666


def test_the_notification_alone_is_enough_and_may_come_often(pool, browser):
    charge = pool.enrol(10)
    begin(browser, charge)
    payment = Payment.objects.get()
    Simulated.objects.update(state="paid")
    for _ in range(3):
        answer = Client(enforce_csrf_checks=True).post(
            reverse("pay:notify", args=[payment.token]), {"idop": "whatever", "resultrans": "R"}
        )
        assert (answer.status_code, answer.content) == (200, b"ok")
    assert Movement.objects.filter(kind="payment").count() == 1
    assert Live.objects.get(case=charge.case_id).step == "enrolled"


def test_a_notification_that_lies_changes_nothing(pool, browser):
    charge = pool.enrol(10)
    begin(browser, charge)
    browser.post(reverse("pay:notify", args=[Payment.objects.get().token]), {"resultrans": "P", "montant": "10000"})
    charge.refresh_from_db()
    assert charge.balance_cents == 10_000
    assert browser.post(reverse("pay:notify", args=["guess"])).status_code == 404


def test_without_an_e_mail_address_the_page_says_what_to_write(pool, browser):
    charge = pool.enrol(10)
    answer = browser.post(reverse("pay:begin", args=[code_of(charge), charge.reference]), {"email": "lea"})
    assert answer.status_code == 422
    assert "nom@exemple.fr" in answer.content.decode()


def test_the_charge_of_another_case_is_not_found_under_this_code(pool, browser):
    one, other = pool.enrol(10), pool.enrol(5)
    address = reverse("pay:begin", args=[code_of(one), other.reference])
    assert browser.post(address, {"email": "lea@example.org"}).status_code == 404
    assert browser.get(reverse("pay:page", args=["ABCDE-FGHJK"])).status_code == 404


def test_where_payment_is_not_open_the_page_says_where_to_pay(pool, browser, settings):
    charge = pool.enrol(10)
    settings.PAYMENTS = ""
    assert "payez à l’accueil" in browser.get(reverse("pay:page", args=[code_of(charge)])).content.decode()
    assert (
        browser.post(reverse("pay:begin", args=[code_of(charge), charge.reference]), {"email": "l@example.org"}).status_code == 409
    )
    assert browser.get(reverse("pay:simulated", args=["x"])).status_code == 404


def test_an_officer_books_a_cheque_reduces_and_refunds(pool, counter, accountant):
    charge = pool.enrol(10)
    code = code_of(charge)
    Live.objects.filter(case=charge.case_id).update(team=accountant.teams.first())
    counter.post(reverse("money:counter", args=[code, charge.reference]), {"amount": "100", "means": "cheque", "key": "k1"})
    counter.post(reverse("money:counter", args=[code, charge.reference]), {"amount": "100", "means": "cheque", "key": "k1"})
    counter.post(reverse("money:waive", args=[code, charge.reference]), {"amount": "25,50", "reason": "ill", "key": "k2"})
    counter.post(reverse("money:refund", args=[code, charge.reference]), {"amount": "25,50", "reason": "ill", "key": "k3"})
    assert list(Movement.objects.values_list("kind", "amount_cents")) == [
        ("charge", 10_000), ("payment", -10_000), ("waiver", -2_550), ("refund", 2_550),
    ]  # fmt: skip
    panel = money_panel(accountant, Case.objects.get(pk=charge.case_id))
    assert panel["may_move_money"] and panel["money"].paid_cents == 10_000
    assert panel["unverified"] == ["Lesson"]


def test_a_reduction_needs_its_reason(pool, counter, accountant):
    charge = pool.enrol(10)
    Live.objects.filter(case=charge.case_id).update(team=accountant.teams.first())
    counter.post(reverse("money:waive", args=[code_of(charge), charge.reference]), {"amount": "10", "reason": " ", "key": "k"})
    assert Movement.objects.count() == 1


def test_who_lacks_the_right_moves_no_money_and_sees_no_list(pool, people):
    charge = pool.enrol(10)
    client = Client()
    client.login(username="ana", password=PASSWORD)
    assert client.post(reverse("money:waive", args=[code_of(charge), charge.reference]), {"amount": "1"}).status_code == 403
    assert client.get(reverse("money:lists")).status_code == 403
    assert client.get(reverse("money:movements-csv")).status_code == 403


def test_the_accountants_files(pool, counter):
    pool.enrol(10)
    moved = b"".join(
        counter.get(reverse("money:movements-csv"), {"from": "2027-03-01", "to": "2027-03-31"}).streaming_content
    ).decode()
    lines = moved.splitlines()
    assert lines[0].startswith("\ufeffJour;Enregistré le;Nature;")
    assert re.search(r"2027-03-01;.*;Somme due;2027C0000001;.*;7062;100,00;", lines[1])
    late = b"".join(counter.get(reverse("money:late-csv")).streaming_content).decode()
    assert len(late.splitlines()) == 1
    assert "Rien n’est en retard" in counter.get(reverse("money:lists")).content.decode()


def test_what_is_late_is_listed_with_its_amount(pool, counter, moved):
    charge = pool.enrol(10)
    with moved(2028, 3, 1, 9):
        counter.login(username="dora", password=PASSWORD)
        shown = counter.get(reverse("money:lists"))
        late = b"".join(counter.get(reverse("money:late-csv")).streaming_content).decode()
    assert shown.status_code == 200 and charge.reference in shown.content.decode() and "100,00\u00a0€" in shown.content.decode()
    assert len(late.splitlines()) == 2


def test_the_account_of_a_case_costs_the_same_queries_with_one_charge_or_ten(pool, django_assert_max_num_queries):
    charge = pool.enrol(10)
    with django_assert_max_num_queries(6):
        money_panel(type("Officer", (), {"may": lambda self, right: True})(), Case.objects.get(pk=charge.case_id))
