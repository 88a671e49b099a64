"""A service says who it is, who owns it and how long it keeps what."""

import re
from collections.abc import Iterator

from oppidum.cases.declaration.privacy import privacy_of
from oppidum.cases.declaration.service import Service

_CODE = re.compile(r"^[a-z][a-z0-9-]*$")


def says_who_it_is(service: type[Service]) -> Iterator[str]:
    for name in ("code", "name", "owner"):
        if not getattr(service, name):
            yield f"declare `{name}`"
    if not service.retention and not privacy_of(service):
        yield "declare `retention`"
    if service.code and not _CODE.match(service.code):
        yield f"code '{service.code}': lower-case letters, digits and dashes only, it stands in addresses"
    if not service.__doc__:
        yield "say in the docstring what the service is, with its French name"
