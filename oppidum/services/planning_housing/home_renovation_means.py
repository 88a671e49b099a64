"""What a renovation may receive: incomes, rates and ceilings of the national agency (Anah), the metropolis' own aid. They change every year."""

from django.utils.translation import gettext_lazy as _

from oppidum.cases.declaration import Since, answer, dated, either, from_table, least, money, months, rounded, rule, years

ANAH = "Anah, guide des aides 2025"
COOP = "CCH, art. R321-12 à R321-22; régime MaPrimeRénov' Copropriété 2024"
OWN = "Règlement des aides de la métropole (modèle)"
# Reference income of the tax notice, outside Île-de-France, by persons of the household (a sixth or more: as five).
VERY_MODEST, MODEST = (17_173, 25_115, 30_206, 35_285, 40_388), (22_015, 32_197, 38_719, 45_234, 51_775)

RULES = {
    **{f"very_modest_{n}": dated(Since("2025-01-01", money(most), source=ANAH, note="from memory"), label=_("Very modest income, by persons of the household")) for n, most in enumerate(VERY_MODEST, 1)},
    **{f"modest_{n}": dated(Since("2025-01-01", money(most), source=ANAH, note="from memory"), label=_("Modest income, by persons of the household")) for n, most in enumerate(MODEST, 1)},
    "silence": dated(Since("2014-11-12", months(2), source="CRPA, art. L231-4, 3°", verified=True), label=_("Silence refuses")),
    "age": dated(Since("2021-01-01", 15, source=COOP, verified=True), label=_("Least age of a building"), unit=_("years")),
    "main_small": dated(Since("2024-01-01", 65, source=COOP, verified=True), label=_("Main homes of a co-ownership of up to twenty lots"), unit="%"),
    "main_large": dated(Since("2024-01-01", 75, source=COOP, verified=True), label=_("Main homes of a larger co-ownership"), unit="%"),
    "gain": dated(Since("2024-01-01", 35, source=COOP, verified=True), label=_("Least gain in energy"), unit="%"),
    "gain_high": dated(Since("2024-01-01", 50, source=COOP, verified=True), label=_("Gain in energy of the higher rate"), unit="%"),
    "rate": dated(Since("2024-01-01", 30, source=COOP, verified=True), label=_("Rate of the co-ownership aid"), unit="%"),
    "rate_high": dated(Since("2024-01-01", 45, source=COOP, verified=True), label=_("Higher rate of the co-ownership aid"), unit="%"),
    "worst": dated(Since("2024-01-01", 10, source=COOP, verified=True), label=_("More for leaving classes F and G"), unit="%"),
    "fragile": dated(Since("2024-01-01", 20, source=COOP, verified=True), label=_("More for a fragile co-ownership"), unit="%"),
    "unpaid": dated(Since("2024-01-01", 8, source=COOP, verified=True), label=_("Unpaid charges that make a co-ownership fragile"), unit="%"),
    "cap_home": dated(Since("2024-01-01", money(25_000), source=COOP, verified=True), label=_("Most expense taken into account, a dwelling of a co-ownership")),
    "cap_house": dated(Since("2025-01-01", money(40_000), source=ANAH, note="from memory"), label=_("Most expense taken into account, another dwelling")),
    "rate_very_modest": dated(Since("2025-01-01", 80, source=ANAH, note="from memory"), label=_("Rate, very modest income"), unit="%"),
    "rate_modest": dated(Since("2025-01-01", 60, source=ANAH, note="from memory"), label=_("Rate, modest income"), unit="%"),
    "rate_landlord": dated(Since("2025-01-01", 25, source=ANAH, note="from memory"), label=_("Rate, landlord under agreement"), unit="%"),
    "own": dated(Since("2026-01-01", 10, source=OWN), own=True, label=_("Aid of the metropolis"), unit="%"),
    "most_public": dated(Since("2026-01-01", 100, source=OWN), own=True, label=_("Most public aid, of the cost"), unit="%"),
    "advance": dated(Since("2026-01-01", 70, source=OWN), own=True, label=_("Most that is paid before the works are complete"), unit="%"),
    "works": dated(Since("2017-01-01", years(3), source="CCH, art. R321-19", note="from memory"), label=_("Time for the works")),
    "payment": dated(Since("2026-01-01", months(2), source=OWN), own=True, label=_("Payment after a request")),
}

owner = answer("owner")
many, lives_there = owner.is_("co_ownership"), owner.is_("occupier")
persons = least(answer("persons"), 5)
VERY_MODEST_OF = from_table(persons, {n: rule(f"very_modest_{n}") for n in range(1, 6)})
MODEST_OF = from_table(persons, {n: rule(f"modest_{n}") for n in range(1, 6)})
IS_VERY_MODEST, IS_MODEST = answer("tax_income") <= VERY_MODEST_OF, answer("tax_income") <= MODEST_OF
CO_OWNERSHIP_RATE = (either(answer("gain") >= rule("gain_high"), rule("rate_high"), rule("rate")) + either(answer("class_before").one_of("F", "G") & ~answer("class_after").one_of("F", "G"), rule("worst"), 0)
                     + either(answer("unpaid") >= rule("unpaid"), rule("fragile"), 0))
RATE = either(many, CO_OWNERSHIP_RATE, either(owner.is_("landlord"), rule("rate_landlord"), either(answer("income_level").is_("very_modest"), rule("rate_very_modest"), rule("rate_modest"))))
CAP = either(many, rule("cap_home"), rule("cap_house"))
ELIGIBLE = least(answer("cost"), CAP * answer("homes"))
ANAH_AID = rounded(answer("eligible") * answer("rate") / 100, 100)
OWN_AID = rounded(answer("eligible") * rule("own") / 100, 100)
