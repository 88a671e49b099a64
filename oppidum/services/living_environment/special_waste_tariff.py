"""What business waste costs: the metropolis' thresholds, prices and yearly fee. Its single rule is in force since 1 January 2024.

The law leaves them to the authority (CGCT, art. L2333-78): by the service given, chiefly the quantity; a flat rate for small quantities alone.
"""

from django.utils.translation import gettext_lazy as _

from oppidum.cases.declaration import (
    Exemption,
    Fee,
    FeeLine,
    Prorata,
    Reduction,
    Since,
    Tariff,
    TariffVersion,
    UpTo,
    answer,
    dated,
    either,
    greatest,
    items,
    least,
    lookup,
    rule,
)

RULE = "Règlement de la redevance spéciale"
VOTED = _("Deliberation to be named: the metropolis' own price")

# A bin that ends stays in the list with its last day; the quantity is that of the others.
weekly = items("collected").sum(either(answer("until").given(), 0, answer("litres")))
residual = items("collected").any(answer("stream").is_("residual"))
is_flat = weekly <= rule("flat_up_to")
IN_YEAR = Prorata(year=answer("year"), since=answer("starts_on"), until=answer("ends_on"))
BIN_IN_YEAR = Prorata(
    year=answer("year"),
    since=greatest(answer("starts_on"), answer("since")), until=least(answer("ends_on"), answer("until")),
)

# The single rule of the metropolis is in force since 1 January 2024; its thresholds are those of its public information.
RULES = {
    "allowance": dated(Since("2024-01-01", 490, source=f"{RULE}, seuil"), own=True, unit=_("litres a week"), label=_("What the household tax covers")),
    "flat_up_to": dated(Since("2024-01-01", 2380, source=f"{RULE}, forfaits"), own=True, unit=_("litres a week"), label=_("Flat rate up to")),
    "most": dated(Since("2024-01-01", 13860, source=f"{RULE}, seuil"), own=True, unit=_("litres a week"), label=_("Most that is collected")),
    "weeks": dated(Since("2024-01-01", 52, source=RULE), own=True, unit=_("weeks"), label=_("Weeks billed in a year")),
}
TARIFFS = {
    "litre": Tariff(_("Litre collected"), by=("stream",), per=1000, versions=(
        TariffVersion("2024-01-01", source=VOTED, rows=(
            ("residual", 3980), ("packaging", 0), ("glass", 0), ("cardboard", 0), ("biowaste", 1990))),
    )),
    "flat": Tariff(_("Flat rate of small producers"), by=("litres",), versions=(
        TariffVersion("2024-01-01", source=VOTED, rows=((UpTo(490), 0), (UpTo(840), 36300), (UpTo(2380), 231900))),
    )),
}

FEES = (
    Fee("yearly", _("Special waste fee"), account="70612", period=answer("year"), day=answer("year"), due_days=30, waived_under=1500, lines=(
        FeeLine(_("Flat rate"), price="flat", by=(weekly,), when=is_flat, prorata=IN_YEAR),
        FeeLine(
            _("Collection"), each="collected", named=answer("stream"), when=~is_flat,
            quantity=answer("litres") * rule("weeks"), unit=_("litres"),
            price="litre", by=(answer("stream"),), prorata=BIN_IN_YEAR,
        ),
        Reduction(
            _("Covered by the household waste tax"), when=~is_flat & residual, prorata=IN_YEAR,
            amount=rule("allowance") * rule("weeks") * lookup("litre", "residual"),
        ),
        Exemption(_("Up to the allowance nothing is due"), when=weekly <= rule("allowance"), source=f"{RULE}, seuil"),
    )),
)
