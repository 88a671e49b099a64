"""What is proved of a dataset's declaration when the program starts: it names what it publishes, and nothing of persons slips in.

The SQL of a source is read for what holds persons: a table or column of persons must not occur, and an answer that a service keeps to
some officers, or that is a person's, must be removed, coarsened, or published by a law that is named.
"""

import re
from collections.abc import Iterator

from oppidum.cases.declaration import catalogue
from oppidum.cases.declaration.privacy import privacy_of
from oppidum.figures.declaration import MONTH
from oppidum.publishing.datasets.declaration import (
    THEMES,
    TYPES,
    YEAR,
    Coarsen,
    Dataset,
    Export,
    Query,
    Tally,
    ToGrid,
)

# What never leaves: tables and columns of persons, and keys that open a person's page.
PERSONAL = {
    r"\bcases_party\b": "the parties of cases",
    r"\bcases_message\b": "mails to persons",
    r"\bcases_photo\b": "photos of residents",
    r"\brecipient\b": "addressees of letters",
    r"\brequester\b": "who booked",
    r"\breference\b": "the case behind a booking",
    r"\bk\.phone\b": "callers' numbers",
    r"\bk\.note\b": "notes on calls",
    r"\bc\.words\b": "residents' own words",
    r"\bc\.address\b": "residents' addresses",
    r"\bc\.code\b": "the code of a case, which is its author's key",
    r"\bpeople_officer\b": "officers by name",
}
_ANSWER = re.compile(r"answers\s*->>?\s*'(\w+)'")
# Kinds of questions whose answers are a person's.
_PERSONAL_FIELDS = frozenset({"Party", "Contact", "Files", "Address", "Place"})


def check_dataset(dataset: Dataset) -> Iterator[str]:
    """All faults of a declaration, as sentences."""
    for fault in [*_shape(dataset), *_anonymity(dataset), *_persons(dataset)]:
        yield f"dataset '{dataset.name}': {fault}"


def _shape(dataset: Dataset) -> Iterator[str]:
    names = dataset.names
    if not re.fullmatch(r"[a-z][a-z0-9-]{2,60}", dataset.name) or dataset.name.startswith("catalog"):
        yield "the name is an address: small letters, digits and hyphens, and not the catalogue's"
    if len(set(names)) < len(names):
        yield "a column is declared twice"
    for column in dataset.columns:
        if column.type not in TYPES:
            yield f"column '{column.name}': '{column.type}' is no type: take one of {', '.join(TYPES)}"
    for what, columns in _named(dataset).items():
        for column in columns:
            if column not in names:
                yield f"{what} names '{column}', which is no column"
    if dataset.theme not in THEMES:
        yield f"theme '{dataset.theme}' is none of the EU's: {', '.join(THEMES)}"
    if not dataset.key:
        yield "say which columns name a row (key=), so that versions can be compared"
    yield from _source(dataset)


def _named(dataset: Dataset) -> dict[str, tuple[str, ...]]:
    """The columns that parts of the declaration name."""
    geometry = dataset.geometry
    chart = (dataset.chart.x, dataset.chart.y) if dataset.chart else ()
    return {
        "key": dataset.key,
        "geometry": geometry if isinstance(geometry, tuple) else (geometry,) if geometry else (),
        "chart": tuple(filter(None, chart)),
    }


def _source(dataset: Dataset) -> Iterator[str]:
    source = dataset.source
    if isinstance(source, Tally):
        for column, split in source.by.items():
            if split not in (MONTH, YEAR, *source.source.splits):
                yield f"{source.source.name} can't be split by '{split}' (column '{column}')"
        if missing := {*source.by, source.counts, *source.adds, *source.named} ^ set(dataset.names):
            yield f"columns and splits differ in {', '.join(sorted(missing))}"


def _anonymity(dataset: Dataset) -> Iterator[str]:
    asked = dataset.anonymity
    if asked is None:
        return
    coarse = asked.then.columns if isinstance(asked.then, Coarsen) else ()
    for column in {*asked.among, *asked.within, *coarse, *filter(None, (asked.weight,))} - set(dataset.names):
        yield f"anonymity names '{column}', which is no column"
    if asked.k < 2:
        yield "anonymity: k is 2 at least"
    if isinstance(asked.then, Coarsen):
        for column in coarse:
            if column in dataset.names and dataset.column(column).required and not asked.then.into:
                yield f"anonymity empties '{column}', which is required; say into="


def _persons(dataset: Dataset) -> Iterator[str]:
    treated = {treatment.column for treatment in dataset.personal}
    treated |= {treatment.latitude for treatment in dataset.personal if isinstance(treatment, ToGrid)}
    sql = sql_of(dataset)
    for pattern, what in PERSONAL.items():
        if re.search(pattern, sql):
            yield f"its source reads {what}, which is never published"
    for answer in sorted(read_answers(dataset) & private_answers() - treated - set(dataset.by_law)):
        yield f"it reads the private answer '{answer}': declare in personal= how it is removed, or in by_law= which law publishes it"


def sql_of(dataset: Dataset) -> str:
    """What its source says in SQL."""
    source = dataset.source
    if isinstance(source, Query):
        return source.sql
    if isinstance(source, Tally):
        used = [source.source.splits[split] for split in source.by.values() if split in source.source.splits]
        # A sum over a group of k tells nobody's answer.
        added = () if dataset.anonymity else source.adds.values()
        return " ".join([source.source.rows, source.where.sql, *used, *added])
    return ""


def read_answers(dataset: Dataset) -> set[str]:
    """The answers of forms that its source reads."""
    told = set(dataset.source.reads) if isinstance(dataset.source, Export) else set()
    return told | set(_ANSWER.findall(sql_of(dataset)))


def private_answers() -> set[str]:
    """Answers that a service keeps to some officers, and those that are a person's, in any service."""
    found: set[str] = set()
    for service in catalogue().values():
        privacy = privacy_of(service)
        if privacy:
            found |= {*privacy.sensitive, *privacy.identity_papers, *(name for sees in privacy.sees for name in sees.fields)}
        found |= {name for name, question in service.form.items() if type(question).__name__ in _PERSONAL_FIELDS}
    return {name.partition(".")[0] for name in found}
