"""Which services one worker must live, for they meet at a row that one of them holds locked until its week is committed.

Services that are billed share the numbers of bills, those decided by a body its sittings, those with an appointment the requesters whose
quota is counted, and so on. Whatever meets nowhere is lived apart, by any worker.
"""

from collections.abc import Iterable, Iterator

from oppidum.bodies.waiting import is_decided_by_bodies
from oppidum.cases.declaration import Service


def part_services(services: Iterable[type[Service]]) -> list[frozenset[str]]:
    """The codes of these services, in parts that meet nowhere; the one with most requests a year first."""
    parts: list[tuple[set[str], set[str], int]] = []
    for service in services:
        codes, meets, count = {service.code}, {service.code, *_meets_at(service)}, service.rehearsal.per_year
        apart = []
        for part in parts:
            if meets.isdisjoint(part[1]):
                apart.append(part)
            else:
                codes, meets, count = codes | part[0], meets | part[1], count + part[2]
        parts = [*apart, (codes, meets, count)]
    return [frozenset(codes) for codes, _meets, _count in sorted(parts, key=lambda part: (-part[2], min(part[0])))]


def has_bodies(service: type[Service]) -> bool:
    """Whether a body decides on its cases, or gives its opinion."""
    return is_decided_by_bodies(service) or any(one.of.startswith("body:") for one in service.opinions)


def _meets_at(service: type[Service]) -> Iterator[str]:
    """Where its cases meet those of other services; the code of a service is a place too."""
    if service.fees:
        yield "bills"
    if has_bodies(service):
        yield "sittings"
    if service.bookings:
        yield "bookings"
    if service.tallies:
        yield "firms"
    if service.contest:
        yield service.contest.service
    for action in service.flow.actions.values():
        yield from (one.service for one in action.opens)
        if action.numbers:
            yield f"numbers of {action.numbers}"
