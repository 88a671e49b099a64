"""The form of an aid to a business: the firm and what is one undertaking with it, its project and jobs, the aid that it had elsewhere."""

from django.utils.translation import gettext_lazy as _

from oppidum.cases.declaration import (
    DOCUMENTS,
    Address,
    Choice,
    Computed,
    Contact,
    Day,
    Files,
    Form,
    Ineligible,
    Items,
    Money,
    Number,
    Page,
    Party,
    Place,
    Statement,
    Text,
    YesNo,
    answer,
    either,
    end_of,
    items,
    rule,
    today,
)

KINDS = {"investment": _("Productive investment"), "premises": _("Purchase, building or rent of premises"), "creation": _("Setting up or taking over a business"), "shop": _("Shop or craft in a town centre")}
SECTORS = {"other": _("Industry, craft, trade, services"), "farming": _("Primary production of agriculture"), "fishing": _("Fishing, fish farming")}
AMOUNT = Money(_("Amount"), required=True, minimum=1)

# What others gave counts for three years after its day, like ours.
declared = items("other_aids").sum(either(end_of(rule("window"), answer("given_on")) >= today(), answer("amount"), 0))

FORM = Form(
    Page("firm", _("The business"),
         company=Party(_("Which business asks?"), kinds=("company",), hint=_("With its SIRET: what it had before is found by it."), required=True, prefill="applicant"),
         sector=Choice(_("In which sector?"), SECTORS, required=True),
         seat=Address(_("Address of its seat"), required=True),
         staff=Number(_("Jobs today, in full time"), minimum=0, maximum=100_000, required=True),
         has_linked=YesNo(_("Is it linked with other businesses?"), hint=_("One owns or controls the other: together they are one undertaking (Regulation (EU) 2023/2831, art. 2)."), required=True),
         linked=Items(_("Linked businesses"), row=_("Business"), when=answer("has_linked").is_(True), required=True, most=30, fields={
             "firm": Party(_("Business"), kinds=("company",), required=True)}),
         contact=Contact(_("Who can we reach?"), needs=("email",), required=True, prefill="contact")),
    Page("project", _("The project"),
         title=Text(_("Name of the project"), required=True, longest=256),
         kind=Choice(_("What is it?"), KINDS, required=True, fact=True),
         where=Place(_("Where?"), required=True),
         summary=Text(_("What will you do, and what for?"), required=True, lines=8, longest=6000),
         jobs_planned=Number(_("Jobs that it makes within three years"), whole=True, minimum=0, maximum=5_000, required=True, fact=True),
         has_begun=YesNo(_("Has it begun: an order, a quote signed, works?"), required=True),
         costs=Items(_("Costs"), row=_("Cost"), most=40, required=True, totals=("amount",), fields={"what": Text(_("What for?"), required=True, longest=200), "amount": AMOUNT})),
    Page("aid", _("The aid"),
         requested=Money(_("Aid that you ask us for"), required=True, minimum=1, fact=True),
         other_aids=Items(_("De minimis aid of the last three years, from others"), row=_("Aid"), most=40, fact=True, totals=("amount",),
                          hint=_("Of the business and of those linked with it: from the State, region, département, commune. The letters that gave them say “de minimis”."), fields={
             "from_whom": Text(_("From whom?"), required=True, longest=200), "amount": AMOUNT, "given_on": Day(_("Given on"), latest=0, required=True)}),
         declared=Computed(_("Of which it counts today"), value=declared, as_="money")),
    Page("papers", _("The papers"),
         papers=Files(_("Last accounts, quotes, bank details"), accept=DOCUMENTS, most=12, largest_mb=20, required=True),
         honour=Statement(_("I certify that the list of aids is complete, that the business is up to date with its taxes and social contributions, and not in difficulty."), required=True)),
)

ELIGIBILITY = (
    Ineligible(answer("sector").one_of("farming", "fishing"), _("Farming and fishing have European rules and aids of their own."), _("Ask the chamber of agriculture, or the region.")),
    Ineligible(answer("has_begun").is_(True) & answer("kind").is_not("shop"), _("A project that has begun can't be helped any more: the aid must make it possible."),
               _("Talk to our team about the next one, before you sign.")),
    Ineligible(answer("requested") > items("costs").sum(answer("amount")), _("You ask for more than the whole project costs."), _("Add what is missing to the costs, or ask for less.")),
    Ineligible(answer("declared") + answer("requested") > rule("ceiling"), _("With the {declared} that you had, {requested} more would pass the European ceiling of three years."),
               _("Ask for less, or wait until the oldest aid is three years old.")),
)
