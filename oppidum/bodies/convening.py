"""Planning sittings and convening the members, with the notice that the law asks for."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from oppidum.bodies.agenda import faults_of
from oppidum.bodies.errors import AgendaIncomplete, NoticeTooShort, WrongState
from oppidum.bodies.models import Body, Item, Member, Sitting
from oppidum.bodies.rules.notice import Notice, earliest_second, last_day_to_convene, notice_for
from oppidum.bodies.watching import SITTINGS
from oppidum.cases.mailing.notices import day_in_words
from oppidum.cases.mailing.sending import queue_mails
from oppidum.cases.models import Mail
from oppidum.core import clock
from oppidum.core.clock import local_day
from oppidum.core.errors import Invalid
from oppidum.core.watching import tell
from oppidum.territory.models import Intercommunality

State = Sitting.State


def plan_sitting(body: Body, at: datetime, place: str = "", *, urgency: str = "", follows: Sitting | None = None) -> Sitting:
    """A sitting of the body at that instant. `follows`: the one without quorum that it repeats, at least three days later."""
    if not body.sits:
        raise Invalid(_("This authority decides alone: it has no sittings."), field="body")
    day = local_day(at)
    if day <= clock.today():
        raise Invalid(_("A sitting is planned for a day to come."), field="at")
    if follows is not None:
        _may_follow(follows, day)
    with transaction.atomic():
        sitting = Sitting.objects.create(
            body=body, code=_new_code(body, day), at=at, place=place or body.place, urgency=urgency, follows=follows
        )
        if follows is not None:
            _carry_over(follows, sitting)
        else:
            _settle_earlier_minutes(sitting)
        tell(SITTINGS, [sitting])
    return sitting


def _may_follow(first: Sitting, day: date) -> None:
    earliest = earliest_second(first.on)
    if first.state != State.NO_QUORUM:
        raise WrongState(_("Only a sitting that failed to reach its quorum is convened again."))
    if day < earliest:
        message = _("The body can be convened again from %(day)s on (CGCT, art. L2121-17).") % {"day": day_in_words(earliest)}
        raise NoticeTooShort(message, field="at", last_day=earliest)


def _new_code(body: Body, day: date) -> str:
    code, number = f"{body.code}-{day.isoformat()}", 1
    while Sitting.objects.filter(code=code).exists():
        number += 1
        code = f"{body.code}-{day.isoformat()}-{number}"
    return code


def _carry_over(first: Sitting, second: Sitting) -> None:
    """The agenda of the second sitting is that of the first: it may decide without quorum on nothing else."""
    first.items.filter(outcome="").update(sitting=second)


def _settle_earlier_minutes(sitting: Sitting) -> None:
    """The minutes of earlier sittings are settled at the start of the next one (CGCT, art. L2121-15)."""
    waiting = Sitting.objects.filter(body=sitting.body, state=State.CONCLUDED, minutes_settled_on=None)
    on_agenda = Item.objects.filter(kind=Item.Kind.MINUTES, outcome="").values("minutes_of")
    for rank, earlier in enumerate(waiting.exclude(pk__in=on_agenda).order_by("at"), start=1):
        Item.objects.create(
            sitting=sitting,
            rank=rank,
            kind=Item.Kind.MINUTES,
            title=_("Minutes of the sitting of %(day)s") % {"day": day_in_words(earlier.on)},
            minutes_of=earlier,
            needs_sending=False,
        )


def notice_of(sitting: Sitting, sent_on: date) -> Notice | None:
    """The notice that letters sent on that day would give; None for a second convening, which has its own interval."""
    if sitting.follows_id:
        return None
    return notice_for(sent_on, sitting.on, urgent=bool(sitting.urgency), own_clear_days=sitting.body.own_clear_days)


def convene_by(sitting: Sitting) -> date:
    """The last day on which the letters may leave."""
    notice = notice_of(sitting, clock.today())
    return notice.last_day if notice else last_day_to_convene(sitting.on, 0)


def convene(sitting: Sitting) -> int:
    """Send the letters with the agenda; returns how many members have an address. From now on the agenda stands.

    Raises `AgendaIncomplete` with all that is lacking, or `NoticeTooShort` with the day on which it was to leave.
    """
    if sitting.state != State.PREPARED:
        raise WrongState()
    _check_agenda(sitting)
    notice = notice_of(sitting, clock.today())
    if notice is not None and not notice.is_kept:
        raise NoticeTooShort(
            _("The letters had to leave on %(day)s: %(needed)d clear days are needed. Choose a later day, or say why it is urgent.")
            % {"day": day_in_words(notice.last_day), "needed": notice.needed},
            last_day=notice.last_day,
            needed=notice.needed,
        )
    with transaction.atomic():
        sitting.state, sitting.convened_at = State.CONVENED, clock.now()
        sitting.save(update_fields=["state", "convened_at"])
        members = list(sitting.body.members.in_office(sitting.on).exclude(councillor__email=""))
        queue_mails([_mail(sitting, member) for member in members])
    return len(members)


def _check_agenda(sitting: Sitting) -> None:
    items = list(sitting.items.select_related("sitting__body", "case"))
    if not items:
        raise AgendaIncomplete(_("The agenda is empty: put at least one item on it."), items=[])
    lacking = [(item, faults) for item in items if (faults := faults_of(item))]
    if lacking:
        told = "; ".join(f"{item.rank}. {', '.join(faults)}" for item, faults in lacking)
        raise AgendaIncomplete(_("The agenda lacks: %(items)s.") % {"items": told}, items=[item.pk for item, _faults in lacking])


def _mail(sitting: Sitting, member: Member) -> Mail:
    with override("fr"):
        subject, body = convening_letter(sitting)
    greeting = f"{member.councillor.title} {member.councillor}".strip()
    return Mail(
        to=member.councillor.email,
        language="fr",
        subject=subject,
        body=f"{greeting},\n\n{body}",
        key=f"sitting:{sitting.code}:{member.pk}",
    )


def convening_letter(sitting: Sitting) -> tuple[str, str]:
    """Subject and words of the letter, in the current language: day, hour, place, agenda with its notes (CGCT, art. L2121-10, L2121-12)."""
    at = sitting.at.astimezone(clock.PARIS)
    when = {"day": day_in_words(sitting.on), "hour": f"{at.hour} h {at:%M}", "body": sitting.body.name, "place": sitting.place}
    lines = [_("You are convened to the sitting of: %(body)s, on %(day)s at %(hour)s, %(place)s.") % when, ""]
    if sitting.urgency:
        lines += [_("Urgency: %(why)s The body rules on it when the sitting opens.") % {"why": sitting.urgency}, ""]
    if sitting.follows:
        first = {"day": day_in_words(sitting.follows.on)}
        lines += [
            _("The sitting of %(day)s did not reach its quorum: the body may decide without (CGCT, art. L2121-17).") % first,
            "",
        ]
    lines.append(_("Agenda"))
    for item in sitting.items.all():
        lines += [f"{item.rank}. {item.title}"] + [f"   {line}" for line in item.note.splitlines()]
    lines += ["", _("If you can't come, you may give a written proxy to another member; nobody holds more than one.")]
    lines += ["", Intercommunality.objects.values_list("name", flat=True).first() or ""]
    return _("%(body)s: sitting of %(day)s") % when, "\n".join(lines)


def postpone(sitting: Sitting, at: datetime) -> None:
    """Another day for a sitting whose letters haven't left."""
    if sitting.state != State.PREPARED:
        raise WrongState(_("The members are convened: cancel this sitting, and plan another."))
    if local_day(at) <= clock.today():
        raise Invalid(_("A sitting is planned for a day to come."), field="at")
    sitting.at = at
    sitting.save(update_fields=["at"])


def cancel(sitting: Sitting) -> None:
    """Call a sitting off: its cases wait again."""
    if not sitting.is_being_prepared:
        raise WrongState()
    with transaction.atomic():
        sitting.items.all().delete()
        sitting.state = State.CANCELLED
        sitting.save(update_fields=["state"])
