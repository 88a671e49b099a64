"""The words of building rights: what is asked for, papers, what lengthens the examination, where silence refuses."""

from django.utils.translation import gettext_lazy as _

KINDS = {
    "certificate": _("Information on the rules (certificate a, CUa)"),
    "certificate_project": _("Whether a project can be carried out (certificate b, CUb)"),
    "declaration": _("Small works (prior declaration, DP)"),
    "house_permit": _("A house and its annexes (building permit, PCMI)"),
    "building_permit": _("Another building (building permit, PC)"),
    "development_permit": _("A housing estate, a camp site, a car park (development permit, PA)"),
    "demolition_permit": _("A demolition (demolition permit, PD)"),
}
CERTIFICATES = ("certificate", "certificate_project")
PERMITS = ("house_permit", "building_permit", "development_permit", "demolition_permit")

# Who may ask: code de l'urbanisme, art. R423-1.
QUALITIES = {
    "owner": _("Owner, or agent of the owner"),
    "allowed": _("Allowed by the owner to carry out the works"),
    "joint": _("Joint owner, or agent of one"),
    "expropriating": _("Beneficiary of an expropriation"),
    "information": _("Somebody who asks for information only (certificate)"),
}
WORKS = {
    "new": _("A new building"),
    "extension": _("An extension or a storey"),
    "conversion": _("A change of use"),
    "outside": _("Front, roof, windows"),
    "annex": _("A pool, a fence, a shed"),
    "division": _("A division of land"),
    "demolition": _("A demolition"),
}
USES = {
    "dwelling": _("Dwellings"),
    "lodging": _("Hotel, residence, hostel"),
    "office": _("Offices"),
    "retail": _("Shops and services"),
    "industry": _("Industry, crafts, storage"),
    "farm": _("Farming and forestry"),
    "public": _("Public facilities"),
}

# The pieces that the code asks for, and no other: art. R423-38, R431-4 and following.
PIECES = {
    "form": _("the request, signed, with the quality in which you ask (art. R431-5)"),
    "location": _("plan of the location of the land (art. R431-7)"),
    "layout": _("layout plan in three dimensions (art. R431-9)"),
    "section": _("section of the land and the building (art. R431-10, b)"),
    "note": _("note on the land and the project (art. R431-8)"),
    "fronts": _("plan of fronts and roofs (art. R431-10, a)"),
    "insertion": _("picture of the project in its surroundings (art. R431-10, c)"),
    "near": _("photograph from near (art. R431-10, d)"),
    "far": _("photograph from afar (art. R431-10, d)"),
    "energy": _("certificate on energy and environment (art. R431-16)"),
    "public": _("file on safety and accessibility of a building open to the public (art. R431-30)"),
    "architect": _("project drawn by an architect (art. R431-1)"),
    "demolition": _("date and state of the building to be demolished (art. R451-2)"),
}

# What lengthens the examination: code de l'urbanisme, art. R423-24 to R423-28.
ONE_MONTH = {
    "other_law": _("permission or rules under another law (art. R423-24, a): one month more"),
    "plan": _("derogation from the land use plan (art. R423-24, b): one month more"),
    "heritage": _("remarkable heritage site, or surroundings of a monument (art. R423-24, c): one month more"),
    "farmland": _("opinion of the committee for farmland, CDPENAF (art. R423-24): one month more"),
    "participation": _("participation of the public (art. R423-24): one month more"),
}
TWO_MONTHS = {
    "commission": _("opinion of a commission of the département or the region (art. R423-25): two months more"),
    "retail": _("permission to run a shop (art. R423-25): two months more"),
}
FIVE_MONTHS = {
    "park": _("core of a national park (art. R423-26): five months in all"),
    "national": _("opinion of a national commission (art. R423-27): five months in all"),
    "listed": _("registered building, or one that adjoins a listed one (art. R423-28, a): five months in all"),
    "public": _("building open to the public, or high-rise (art. R423-28, b): five months in all"),
}
LONGER = TWO_MONTHS | FIVE_MONTHS

# Where silence refuses the permit: code de l'urbanisme, art. R424-2.
REFUSES = {
    "classified": _("defence, classified site or nature reserve (art. R424-2, a)"),
    "minister": _("the minister takes the case (art. R424-2, b)"),
    "listed": _("registered building, or one that adjoins a listed one (art. R424-2, c)"),
    "park": _("core of a national park (art. R424-2, f)"),
    "retail": _("the commission for shops or cinemas refused (art. R424-2, g and h)"),
    "demolition": _("demolition in a registered site (art. R424-2)"),
}
