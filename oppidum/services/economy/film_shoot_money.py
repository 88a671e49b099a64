"""What public land costs a film shoot: the metropolis' own price by day, and who pays nothing (CG3P, art. L2125-1)."""

from django.utils.translation import gettext_lazy as _

from oppidum.cases.declaration import ANY, Exemption, Fee, FeeLine, Since, Tariff, TariffVersion, UpTo, answer, dated, days, days_of

OWN = "Règlement des tournages de la métropole"
VOTED = _("Deliberation to be named: the metropolis' own price")

RULES = {"notice": dated(Since("2024-01-01", days(10), source=OWN), own=True, label=_("Least time before a shoot"))}
TARIFFS = {
    "day": Tariff(_("Day of filming on public land"), by=("people",), versions=(
        TariffVersion("2024-01-01", source=VOTED, rows=((UpTo(10), 5_000), (UpTo(50), 25_000), (ANY, 60_000))),)),
}
FEES = (
    Fee("land", _("Filming on public land"), account="70323", due_days=30, foretold=True, waived_under=1_500, lines=(
        FeeLine(_("Day of filming on public land"), quantity=days_of("during"), unit=_("days"), price="day", by=(answer("people"),)),
        Exemption(_("Films of schools and documentaries of public interest"), when=answer("kind").one_of("school", "documentary"), source=OWN))),
    Fee("nothing", _("The shoot is cancelled"), replaces="land", lines=(FeeLine(_("Day of filming on public land"), amount=0),)),
)
