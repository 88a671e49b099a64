"""The routes open to anyone, by name. Every other route must refuse or send to the login page an anonymous visitor:
`tests/web/test_routes.py` walks all of them. A room that opens a route adds its name here, in its own line."""

PUBLIC = {
    # the house itself
    "web:health-live",
    "web:health-ready",
    "web:outlines",
    "web:place-search",
    "web:source",
    # the portal: residents have no account
    "portal:*",
    # paying: who holds the code of a case may pay what is due on it
    "pay:*",
    # signing in
    "desk:login",
    "desk:logout",
    # what each service does with personal data (GDPR, art. 13)
    "privacy:register",
    # figures and open data are public by law (CRPA, art. L312-1-1)
    "figures:*",
    "api:list_figures",
    "api:read_figure",
    # the activity report is published by law (CGCT, art. L5211-39); a draft shows itself to officers alone
    "report:*",
    "dashboards:*",
    "data:*",
    # acts are published by law (CGCT, art. L2131-1)
    "public_acts:*",
    # a commune's page for its residents; who was invited to its space holds a link
    "communes_public:*",
    "communes:join",
    # what the authority builds, and what it costs
    "projects:*",
    # registers of inquiries and consultations (code de l'environnement, art. L123-13)
    "registers:*",
    # residents' votes: a ballot is given to whoever proved an address by a link
    "votes:*",
    # when pools and grounds are open is everybody's to know
    "facilities:*",
    # the order of a waiting list is public (CRPA, art. L312-1-3)
    "public_lists:*",
    # the description of our own API; each of its operations asks for a key
    "api:openapi-json",
    "api:api-root",
    # Open311: reading is open, writing asks for a key
    "open311:*",
    # a third party's own page: its link is the key
    "third:*",
}


def is_public(name: str) -> bool:
    """Whether a route (with its namespaces: "desk:inbox") is open to anyone."""
    return name in PUBLIC or any(one.endswith(":*") and name.startswith(one[:-1]) for one in PUBLIC)
