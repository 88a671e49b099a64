"""The way to a target: where a key figure stood in each year, where it is to be, and how far that is.

[[targets]]
reached = "ev-charging-points-total"
aim = "ev-charging-target-metropole"
year = 2025
"""

import tomllib
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from oppidum.core.errors import Invalid, InvalidForm
from oppidum.core.sql import rows
from oppidum.figures.key_figures import KeyFigureValue, list_key_figures
from oppidum.figures.models import KeyFigure, Target

DEMO = Path(__file__).parent / "demo" / "targets.toml"


@dataclass(frozen=True)
class WayToTarget:
    """`points` are (year, value) up to the year that is shown; `aim` and `reached` the two key figures of that year."""

    reached: KeyFigureValue
    aim: KeyFigureValue
    year: int
    points: tuple[tuple[int, Decimal], ...]

    @property
    def last(self) -> tuple[int, Decimal] | None:
        return self.points[-1] if self.points else None

    @property
    def share(self) -> Decimal | None:
        """How much of the target is reached, in per cent."""
        if not self.last or not self.aim.value:
            return None
        return round(100 * self.last[1] / self.aim.value, 1)

    @property
    def missing(self) -> Decimal | None:
        """What is left; none where the target is reached."""
        if not self.last or self.aim.value is None or self.last[1] >= self.aim.value:
            return None
        return self.aim.value - self.last[1]

    @property
    def needed_a_year(self) -> Decimal | None:
        """What each year from the last one that is known has to bring."""
        years = self.year - self.last[0] if self.last else 0
        return round(self.missing / years, 1) if self.missing is not None and years > 0 else None


def list_targets(year: int, directorate: str = "") -> list[WayToTarget]:
    """All targets with their way up to `year`, validated values alone; three queries whatever their number."""
    known = {one.name: one for one in list_key_figures(year, validated_only=True)}
    found = rows(
        """select a.name, r.name, t.year, coalesce(p.points, '{}') from figures_target t
           join figures_keyfigure a on a.id = t.aim_id join figures_keyfigure r on r.id = t.reached_id
           left join lateral (
               select array_agg(array[e.year, e.value] order by e.year) as points from figures_entry e
               where e.figure_id = r.id and e.is_current and e.state in ('validated', 'locked') and e.year <= %(year)s::int and e.value is not null
           ) p on true
           order by t.year, r.rank, r.name""",
        {"year": year},
    )
    paths = []
    for aim, reached, by, points in found:
        if aim not in known or reached not in known or (directorate and known[reached].directorate != directorate):
            continue
        told = {int(at): value for at, value in points}
        if known[reached].value is not None:
            told[year] = known[reached].value
        paths.append(WayToTarget(known[reached], known[aim], by, tuple(sorted(told.items()))))
    return paths


def load_targets(file: Path) -> int:
    """Read a TOML file of targets, in place of those that were loaded before; returns how many. Raises `InvalidForm`, changing nothing."""
    try:
        asked = tomllib.loads(file.read_text()).get("targets", [])
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InvalidForm([Invalid(_("%(file)s can't be read: %(why)s") % {"file": file.name, "why": error})]) from error
    ids = dict(KeyFigure.objects.values_list("name", "id"))
    faults, targets = [], []
    for number, one in enumerate(asked, 1):
        unknown = [str(one.get(part, "")) for part in ("aim", "reached") if one.get(part) not in ids]
        if unknown:
            said = _("Target %(number)d: no key figure is called “%(name)s”.") % {"number": number, "name": unknown[0]}
            faults.append(Invalid(said))
        elif not isinstance(one.get("year"), int) or not 1990 <= one["year"] <= 2200 or one["aim"] == one["reached"]:
            faults.append(Invalid(_("Target %(number)d: give two figures and a year, like 2030.") % {"number": number}))
        else:
            targets.append(Target(aim_id=ids[one["aim"]], reached_id=ids[one["reached"]], year=one["year"]))
    if len({one.aim_id for one in targets}) < len(targets):
        faults.append(Invalid(_("A key figure is the aim of two targets: keep one.")))
    if faults:
        raise InvalidForm(faults)
    with transaction.atomic():
        Target.objects.all().delete()
        Target.objects.bulk_create(targets)
    return len(targets)
