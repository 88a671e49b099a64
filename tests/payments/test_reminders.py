"""Late payments are reminded of: once at each step, in one batch, never what is paid or contested, in letters with days and amounts."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from oppidum.cases import outbox
from oppidum.cases.declaration.recorded import REMIND
from oppidum.cases.models import Entry, Mail
from oppidum.cases.verifying import verify
from oppidum.core import clock
from oppidum.core.errors import Invalid
from oppidum.payments import reminders
from oppidum.payments.models import Charge, Reminder
from oppidum.payments.paying import take_at_counter
from oppidum.payments.reminders import FIRST, FORMAL, count_due, dispute, end_dispute, remind
from oppidum.payments.statements import refunds_between
from oppidum.publishing.models import Paper
from tests.payments.conftest import MONDAY


@pytest.fixture
def mia(people):
    people.cleo.role.rights = [*people.cleo.role.rights, "money"]
    people.cleo.role.save()
    return people.cleo


def after(days):
    return clock.at(MONDAY + timedelta(days=days))


def stages():
    return list(Reminder.objects.order_by("pk").values_list("charge__reference", "stage"))


def test_a_bill_is_reminded_of_a_fortnight_after_its_day_and_once(pool, mia):
    charge = pool.enrol(3)
    with after(45):
        assert count_due(FIRST).count == remind(FIRST, mia) == 0
    with after(46):
        assert (count_due(FIRST).count, count_due(FIRST).late_cents) == (1, 3000)
        assert (remind(FIRST, mia), remind(FIRST, mia)) == (1, 0)
    assert stages() == [(charge.reference, "first")]
    assert Entry.objects.get(action=REMIND).data["late_cents"] == 3000
    assert not [found for _checked, found in verify() if found]


def test_the_formal_notice_comes_a_month_after_the_reminder_and_never_without_it(pool, mia):
    pool.enrol(3)
    with after(100):
        assert remind(FORMAL, mia) == 0 and remind(FIRST, mia) == 1
    with after(129):
        assert remind(FORMAL, mia) == 0
    with after(130):
        assert (remind(FORMAL, mia), remind(FORMAL, mia)) == (1, 0)
    assert [stage for _reference, stage in stages()] == ["first", "formal"]


def test_who_paid_or_contests_is_not_reminded(pool, mia):
    paid, contested = pool.enrol(3), pool.enrol(4)
    with after(60):
        take_at_counter(paid.pk, 3000, "cash", "k", mia)
        dispute(contested.pk, "Les leçons n'ont pas eu lieu", mia)
        assert remind(FIRST, mia) == 0
        end_dispute(contested.pk, mia)
        assert remind(FIRST, mia) == 1
    assert stages() == [(contested.reference, "first")]
    with after(120):
        dispute(contested.pk, "Encore", mia)
        assert remind(FORMAL, mia) == 0
    assert "leçons" not in str(list(Entry.objects.values_list("data", flat=True)))


def test_a_dispute_needs_its_reason(pool, mia):
    with pytest.raises(Invalid):
        dispute(pool.enrol(3).pk, "  ", mia)


def test_part_of_a_bill_that_is_late_is_asked_for_and_no_more(pool, mia):
    charge = pool.enrol(9)
    assert len(charge.offered) >= 1
    with after(20):
        take_at_counter(charge.pk, 4000, "cash", "k", mia)
    with after(60):
        remind(FIRST, mia)
    assert Reminder.objects.get().late_cents == 5000


def test_the_letter_says_how_much_of_which_bill_and_until_when(pool, mia):
    charge = pool.enrol(3)
    with after(60):
        remind(FIRST, mia)
        outbox.deliver()
        outbox.deliver()
    paper = Paper.objects.get(letter="payment_reminder")
    assert charge.reference in paper.subject and "30" in paper.subject and paper.subject.startswith("Rappel")
    assert Mail.objects.filter(key__startswith=f"{paper.key}:").count() == 1
    with after(100):
        remind(FORMAL, mia)
        outbox.deliver()
    assert Paper.objects.get(letter="payment_notice").subject.startswith("Mise en demeure")


def test_a_thousand_reminders_cost_the_queries_of_one(pool, mia, django_assert_max_num_queries, monkeypatch):
    for _bill in range(6):
        pool.enrol(3)
    monkeypatch.setattr(reminders, "BATCH", 3)
    with after(60), django_assert_max_num_queries(60):
        assert remind(FIRST, mia) == 6


def test_two_bills_of_one_case_are_both_reminded_of(pool, mia):
    charge = pool.enrol(3)
    second = Charge.objects.get(pk=charge.pk)
    second.pk, second.reference, second.act, second.fee = None, "AUTRE", 99, "taken"
    second.save()
    for part in charge.instalments.all():
        part.pk, part.charge = None, second
        part.save()
    with after(60):
        assert remind(FIRST, mia) == 2


@pytest.mark.django_db(transaction=True)
def test_two_officers_at_once_send_one_letter(pool, mia):
    pool.enrol(3)
    sent, failed = [], []

    def press():
        try:
            with clock.at(datetime(2027, 5, 1, 9, tzinfo=UTC)):
                sent.append(remind(FIRST, mia))
        except Exception as error:
            failed.append(error)
        finally:
            connection.close()

    both = [threading.Thread(target=press) for _ in range(2)]
    [one.start() for one in both]
    [one.join() for one in both]
    assert not failed and sum(sent) == Reminder.objects.count() == 1


def test_the_accountant_reads_what_is_to_be_paid_back_and_no_bank_details(pool, mia, client):
    charge = pool.enrol(3)
    take_at_counter(charge.pk, 3000, "cash", "k", mia)
    from oppidum.payments.correcting import refund, waive

    waive(charge.pk, 1000, "Trop perçu", "w", mia)
    [line] = refunds_between(clock.today(), clock.today())
    assert line[0] == charge.reference and line[5] == 1000 and line[7] is None
    refund(charge.pk, 1000, "Rendu", "r", mia)
    [line] = refunds_between(clock.today(), clock.today())
    assert (line[5], line[6], line[7]) == (1000, "Rendu", clock.today())
    client.force_login(mia)
    text = b"".join(client.get("/desk/money/refunds.csv").streaming_content).decode()
    assert "10,00" in text and "Léa" in text and "IBAN" not in text


def test_the_page_sends_them_and_the_case_tells(pool, mia, client):
    charge = pool.enrol(3)
    client.force_login(mia)
    with after(60):
        assert "Rappel" in client.get("/desk/money/").content.decode()
        answer = client.post("/desk/money/reminders/first", follow=True).content.decode()
        assert "1 lettre est faite" in answer
        case = f"/desk/case/{charge.case.code}/"
        assert (
            client.post(f"/desk/money/{charge.case.code}/{charge.reference}/dispute", {"reason": "Pas d'accord"}).status_code == 302
        )
        text = client.get(case).content.decode()
        assert "Contesté depuis" in text and "accord" in text
        client.post(f"/desk/money/{charge.case.code}/{charge.reference}/agreed")
        assert "Contesté depuis" not in client.get(case).content.decode()


@pytest.mark.browser
def test_the_pages_can_be_read(pool, mia, open_page):
    from tests.browser import check_page

    charge = pool.enrol(3)
    with after(60):
        remind(FIRST, mia)
    late = pool.enrol(4)
    late.instalments.update(due_on="2026-09-01")  # the browser's server lives today
    with after(100):
        check_page(open_page("/desk/money/", officer=mia))
        check_page(open_page(f"/desk/case/{charge.case.code}/", officer=mia))
