"""Who is entitled to school transport and what it costs: the metropolis' own rules of a school year.

The law leaves services, distances and prices to the authority (C. transp., art. L3111-7); a price or a date here holds until its
deliberation is named and checked. The two full prices are those made public for the pass of the metropolis (220 and 60 euros).
"""

from django.utils.translation import gettext_lazy as _

from oppidum.cases.declaration import (
    ANY,
    Exemption,
    Fee,
    FeeLine,
    Instalments,
    Prorata,
    Since,
    Surcharge,
    Tariff,
    TariffVersion,
    UpTo,
    answer,
    dated,
    distance_km,
    either,
    greatest,
    in_zone,
    rule,
)

RULE = "Règlement des transports scolaires"
VOTED = "Tarifs des transports scolaires (délibération à indiquer)"


# Each school year has its rules, in force for the requests of its campaign.
CAMPAIGNS = ("2022-05-16", "2023-05-15", "2026-03-01", "2027-05-17")


def own(label, unit="", *, of=(), following):
    """A value of the rules of the school years 2022-2023, 2023-2024 and 2026-2027 (`of`), and of 2027-2028 on (`following`)."""
    values = (*(of or (following,) * 3), following)
    return dated(*(Since(day, value, source=RULE) for day, value in zip(CAMPAIGNS, values, strict=True)), own=True, label=label, unit=unit)


RULES = {
    "opens": own(_("Requests are taken from"), of=("2022-05-16T09:00", "2023-05-15T09:00", "2026-05-18T09:00"), following="2027-05-17T09:00"),
    "closes": own(_("Requests are taken until"), of=("2023-05-14", "2024-05-12", "2027-05-16"), following="2028-05-31"),
    "late_from": own(_("A request is late from"), of=("2022-07-16", "2023-07-16", "2026-07-16"), following="2027-07-16"),
    "first_day": own(_("First day of school"), of=("2022-09-01", "2023-09-04", "2026-09-01"), following="2027-09-01"),
    "last_day": own(_("Last day of school"), of=("2023-07-07", "2024-07-05", "2027-07-02"), following="2028-07-05"),
    "least_age": own(_("Youngest age on the first day of school"), _("years"), following=3),
    "least_km": own(_("Least distance from home to school"), _("km"), following=3),
    "late_surcharge": own(_("Surcharge of a late request"), _("cents"), following=1500),
}

# As the crow flies; of two homes the farther one gives the right.
distance = greatest(distance_km("home", "school"), distance_km("second_home", "school"))
is_entitled = distance >= rule("least_km")
network = either(in_zone("home", "city-network"), "city", "country")
is_late = answer("filed_on") >= rule("late_from")

KEYS = {
    "network": {"city": _("whole network, for who lives in the city network"), "country": _("network outside the city")},
    "entitled": {True: _("entitled"), False: _("nearer than the least distance")},
}
TARIFFS = {
    "pass": Tariff(_("School pass"), by=("network", "entitled", "quotient"), says=KEYS, versions=(
        TariffVersion("2022-05-16", source=VOTED, rows=(
            ("city", True, UpTo(400), 5_500), ("city", True, UpTo(700), 11_000), ("city", True, ANY, 22_000),
            ("country", True, UpTo(400), 1_500), ("country", True, UpTo(700), 3_000), ("country", True, ANY, 6_000),
            ("city", False, ANY, 22_000), ("country", False, ANY, 12_000),
        )),
    )),
    "duplicate": Tariff(_("Duplicate of a card"), versions=(TariffVersion("2022-05-16", source=VOTED, rows=((1_000,),)),)),
}

BY = (network, is_entitled, answer("quotient"))
FEES = (
    Fee("pass", _("School pass"), account="7066", on_paid="issue", on_nothing="issue", due_days=30, lines=(
        FeeLine(_("School pass"), price="pass", by=BY),
        Surcharge(_("Late request"), amount=rule("late_surcharge"), when=is_late, source=RULE),
        Exemption(_("Children in the care of the département"), when=answer("in_care").is_(True), source=RULE),
    ), instalments=Instalments(shares=(1, 1, 1), months=(0, 1, 2), over=10_000)),
    # Who gives the pass back pays the months begun until then; before the first day of school nothing.
    Fee("months_used", _("School pass given back"), replaces="pass", lines=(
        FeeLine(_("School pass"), price="pass", by=BY, prorata=Prorata(
            first=rule("first_day"), last=rule("last_day"), until=answer("given_back_on"), by="months")),
        Surcharge(_("Late request"), amount=rule("late_surcharge"), when=is_late, source=RULE),
        Exemption(_("Children in the care of the département"), when=answer("in_care").is_(True), source=RULE),
    )),
    Fee("duplicate", _("Duplicate of the card"), account="7066", on_paid="issue_again", foretold=False, lines=(
        FeeLine(_("Duplicate of the card"), price="duplicate"),
    )),
)
