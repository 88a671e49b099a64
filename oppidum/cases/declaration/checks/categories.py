"""Categories: each in its group, with a promise, and dangers that depend on what is asked."""

from collections.abc import Iterator

from oppidum.cases.declaration.checks.asking import names_read
from oppidum.cases.declaration.service import Service


def are_whole(service: type[Service]) -> Iterator[str]:
    groups = {g.code for g in service.groups}
    for code, category in service.categories.items():
        if code != category.code or category.group not in groups:
            yield f"category '{code}': its code must be 'group.name' with a declared group"
        if category.promise < 1:
            yield f"category '{code}': promise at least one working day"
        if category.remit not in ("metropolis", "commune"):
            yield f"category '{code}': remit is 'metropolis' or 'commune'"
        for danger in category.dangers:
            for name in sorted(names_read(danger.when) - set(category.questions)):
                yield f"category '{code}': a danger depends on '{name}', which is not asked: add the question"
