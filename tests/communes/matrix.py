"""What each route is to a commune's officer. A route that isn't here fails `test_rights_matrix.py`: say what it is before it goes out.

| kind | means |
| --- | --- |
| CASE | the address names a case: one's own commune's opens (or says what the role may not), another's isn't there |
| SPACE | the address names a commune: one's own opens to the roles that may, another's isn't there |
| THING | the address names something that hangs on a case or a commune: as the case |
| LIST | shows what is in sight, and nothing of another's |
| SELF | the officer's own: signing in, views, the first page |
| CLOSED | the authority's own: refused to whoever is of a commune |
| PUBLIC | open to everybody (oppidum/web/public.py): what is public of a report may stand there, and no code, no name, no request |
"""

import re

CASE, SPACE, THING, LIST, SELF, CLOSED, PUBLIC = "case", "space", "thing", "list", "self", "closed", "public"

ROUTES = {
    # the desk
    "desk:inbox": LIST,
    "desk:export": LIST,
    "desk:bulk": LIST,
    "desk:bulk-done": LIST,
    "desk:home": SELF,
    "desk:save-view": SELF,
    "desk:delete-view": THING,
    "desk:photo": THING,
    "desk:case": CASE,
    "desk:case-pdf": CASE,
    "desk:act": CASE,
    "desk:correct": CASE,
    "desk:split": CASE,
    "desk:opinion": CASE,
    "desk:mail-again": THING,
    "desk:mails": CLOSED,
    "desk:mail-parked": CLOSED,
    "desk:mail-settle": CLOSED,
    "desk:text-settle": CLOSED,
    "desk:file-choose": CLOSED,
    "desk:quick": CLOSED,
    "desk:rules": CLOSED,
    "desk:rules-write": CLOSED,
    "desk:rules-reroute": CLOSED,
    "desk:rules-reminder": CLOSED,
    "desk:rule-try": CLOSED,
    "desk:rule-switch": CLOSED,
    "desk:calls": CLOSED,
    "desk:calls-look": CLOSED,
    "desk:calls-caller": CLOSED,
    "desk:calls-today": CLOSED,
    "desk:calls-done": CLOSED,
    "desk:file": THING,
    "desk:file-begin": CLOSED,
    # the commune's space
    "communes:home": SELF,
    "communes:shared": CLOSED,
    "communes:space": SPACE,
    "communes:about": SPACE,
    "communes:figures": SPACE,
    "communes:documents": SPACE,
    "communes:requests": SPACE,
    "communes:request-new": SPACE,
    "communes:training": SPACE,
    "communes:training-book": SPACE,
    "communes:officers": SPACE,
    "communes:officer-invite": SPACE,
    "communes:look": SPACE,
    "communes:document": THING,
    "communes:officer-role": THING,
    "communes:officer-account": THING,
    "communes:officer-link": THING,
    # the programs' interface, by the officer's session
    "api:list_cases": LIST,
    "api:count_cases": LIST,
    "api:list_services": LIST,
    "api:read_service": LIST,
    # who may sign what for the authority: delegations are published (CGCT, art. L2131-1)
    "api:list_signers": LIST,
    "papers:signers": LIST,
    "api:file_request": CLOSED,
    # letters
    "papers:paper": THING,
    "papers:returned": THING,
    # bookable places: a commune has none
    "places:home": LIST,
    "places:week": CLOSED,
    "places:basin": CLOSED,
    "places:close": CLOSED,
    "places:open": CLOSED,
    # machines
    "partners:receive": CLOSED,
    # whoever notices a breach of personal data says so at once, and sees no other
    "privacy:declare-breach": SELF,
    "metrics": CLOSED,
    "sms-reports": CLOSED,
    "sms-answers": CLOSED,
    # developers' page
    "web:styleguide": CLOSED,
    "web:styleguide-points": CLOSED,
}
# Rooms of the authority's own: every route of theirs that isn't named above.
CLOSED_ROOMS = frozenset(
    {
        "lists",
        "papers",
        "money",
        "privacy",
        "partner-desk",
        "bodies",
        "data-desk",
        "key-figures",
        "report-desk",
        "rehearsing",
        "registers_desk",
    }
)


def kind_of(name: str, is_public: bool) -> str | None:
    """The entry of a route, or None where nobody said what it is."""
    if name in ROUTES:
        return ROUTES[name]
    if is_public:
        return PUBLIC
    return CLOSED if name.partition(":")[0] in CLOSED_ROOMS else None


def shows(text: str, marks: set[str]) -> set[str]:
    """The marks that a page shows; what was typed into the address comes back on it and tells nothing."""
    return {mark for mark in marks if re.search(re.escape(mark), text, re.IGNORECASE)}
