"""How often datasets are used: a count a day and format, without a trace of who. Programs that only gather addresses don't count."""

import re
from collections.abc import Iterable, Mapping
from datetime import date

from django.db.models import Sum

from oppidum.core import clock
from oppidum.core.sql import plain_array, rows, server_cursor
from oppidum.core.watching import tell
from oppidum.publishing.models import DatasetUse
from oppidum.publishing.watching import USES, Used

LINK = "link"
# Crawlers and watchers say what they are; who calls by program to use the data (curl, Python, QGIS) counts.
_BOTS = re.compile(r"bot|crawl|spider|slurp|archiver|monitor|preview|facebookexternalhit|uptime|pingdom|lighthouse|headless", re.I)
_COUNT = """
    insert into publishing_datasetuse (dataset, day, format, count)
    select * from unnest(%s::text[], %s::date[], %s::text[], %s::bigint[])
    on conflict (dataset, day, format) do update set count = publishing_datasetuse.count + excluded.count
"""


def is_bot(agent: str) -> bool:
    """Whether a program says of itself that it reads for nobody."""
    return not agent.strip() or bool(_BOTS.search(agent))


def count_uses(uses: Mapping[tuple[str, str], int], day: date | None = None) -> None:
    """Add uses to the counts of a day: (dataset, format) -> how many. One statement."""
    day = day or clock.today()
    keys = sorted(uses)
    given = [[name for name, _format in keys], [day] * len(keys), [one for _name, one in keys], [uses[key] for key in keys]]
    with server_cursor() as cursor:
        cursor.execute(_COUNT, [plain_array(column) for column in given])
    tell(USES, [Used(*key, day, uses[key]) for key in keys])


def uses_of(name: str) -> dict[str, int]:
    """All uses of a dataset by format."""
    found = DatasetUse.objects.filter(dataset=name).values("format").annotate(n=Sum("count"))
    return {row["format"]: row["n"] for row in found}


def uses_of_all(names: Iterable[str] | None = None) -> dict[str, int]:
    """All uses by dataset. One query."""
    found = DatasetUse.objects.all() if names is None else DatasetUse.objects.filter(dataset__in=list(names))
    return {row["dataset"]: row["n"] for row in found.values("dataset").annotate(n=Sum("count"))}


def uses_by_month(months: int = 6) -> dict[str, dict[str, int]]:
    """Dataset -> month ("2027-03") -> uses, for the last months."""
    found: dict[str, dict[str, int]] = {}
    sql = """
        select dataset, to_char(day, 'YYYY-MM'), sum(count)::bigint from publishing_datasetuse
        where day >= date_trunc('month', %s::date) - make_interval(months => %s::int - 1) group by 1, 2
    """
    for name, month, count in rows(sql, [clock.today(), months]):
        found.setdefault(name, {})[month] = count
    return found
