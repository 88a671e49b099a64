"""What must fit together in the answers to each form, by service; the rest is drawn by chance (see `resident.py`)."""

from datetime import timedelta
from typing import Any

from oppidum.core import clock


def told(code: str) -> dict[str, Any]:
    """Cleaned answers by question; None leaves a question that may be left open."""
    return _TOLD[code]() if code in _TOLD else {}


def _day(days: int) -> str:
    return (clock.today() + timedelta(days=days)).isoformat()


_CONTACT = {"name": "Zoé Roux", "email": "zoe@example.org", "phone": "06 39 98 12 34"}
_BOAT = {"propulsion": "sail", "length_m": 6.5, "beam_m": 2.4, "draught_m": 1.1}
_SIRET = "73282932000074"

_TOLD = {
    "association-grant": lambda: {
        "association": {"kind": "association", "name": "Atelier Vélo d'Aubane", "rna": "W131234567"},
        "contact": _CONTACT,
        "during": {"from": _day(40), "to": _day(200)},
        "multi_year": True,
        "years": 3,
        "expenses": [{"what": "Salaires", "amount": 4_000_000}, {"what": "Outils", "amount": 500_050}],
        "income": [{"from_whom": "Métropole", "amount": 3_000_000}, {"from_whom": "Cotisations", "amount": 1_500_050}],
        "requested": 3_000_000,
    },
    "building-permit": lambda: {
        "kind": "house_permit",
        "parcels": [{"section": "AB", "number": 112, "area_m2": 430}],
        "floor_before": 0,
        "floor_created": 118.5,
        "dwellings": 1,
        "by_architect": False,
        "applicant": {"kind": "person", "name": "Zoé Roux"},
        "contact": _CONTACT,
    },
    "bulky-waste": lambda: {
        "objects": [{"what": "sofa", "how_many": 1}, {"what": "chair", "how_many": 4}],
        "contact": _CONTACT,
    },
    "business-aid": lambda: {
        "company": {"kind": "company", "name": "Boulangerie du Port", "siret": _SIRET},
        "sector": "other",
        "has_linked": True,
        "linked": [{"firm": {"kind": "company", "name": "Moulin", "siren": "552081317"}}],
        "contact": _CONTACT,
        "has_begun": False,
        "costs": [{"what": "Four", "amount": 9_000_000}],
        "requested": 3_000_000,
        "other_aids": [{"from_whom": "Région", "amount": 500_000, "given_on": _day(-30)}],
    },
    "composter": lambda: {"dwelling": "flat", "garden": True, "model": "worms", "contact": _CONTACT},
    "course-enrolment": lambda: {
        "kind": "pool",
        "school": "pool-gardanne",
        "course": "swim-child",
        "birth": _day(-8 * 365),
        "again": True,
        "lives_here": True,
        "health": "questionnaire",
        "quotient": 650,
        "contact": _CONTACT,
    },
    "crematorium-ceremony": lambda: {
        "who": "operator",
        "operator": {"kind": "company", "name": "Pompes funèbres Roux", "siret": _SIRET},
        "habilitated_until": _day(700),
        "died_at": f"{_day(-2)}T06:30:00+00:00",
        "counted_from": "death",
        "derogated": False,
        "no_battery": True,
        "crematorium": "crematorium-aix",
        "kind": "room",
        "contact": _CONTACT,
    },
    "facility-booking": lambda: {
        "who": "club",
        "body": {"kind": "association", "name": "Les Nageurs d'Aubane", "rna": "W131000101"},
        "kind": "lane",
        "facility": "pool-gardanne",
        "people": 6,
        "lanes": 2,
        "insured": True,
        "contact": _CONTACT,
    },
    "film-shoot": lambda: {
        "wish": "shoot",
        "during": {"from": _day(30), "to": _day(32)},
        "hours": ["day"],
        "is_nature": True,
        "others": [],
        "needs": ["parking", "drone"],
        "production": {"kind": "company", "name": "Films du Port", "siret": _SIRET},
        "contact": _CONTACT,
    },
    "home-renovation-grant": lambda: {
        "owner": "occupier",
        "applicant": {"kind": "person", "name": "Zoé Roux"},
        "old": True,
        "begun": False,
        "persons": 3,
        "tax_income": 2_150_000,
        "quotes": [{"company": "Isol'Sud", "work": "insulation", "amount": 1_240_050, "qualified": True}],
        "contact": _CONTACT,
    },
    "housing-front-desk": lambda: {"wants": "answer"},
    "housing-solidarity-fund": lambda: {
        "payee": {"kind": "person", "name": "Paul Régis"},
        "people": [{"first_name": "Zoé", "birth": "1990-04-02"}, {"first_name": "Lina", "birth": "2018-06-11"}],
        "income": [{"source": "wages", "amount": 98_050}, {"source": "family", "amount": 15_000}],
        "costs": [{"what": "rent", "amount": 41_000}],
        "debt": [{"what": "Loyers", "amount": 82_000}],
        "contact": _CONTACT,
    },
    "innovation-answer": lambda: {"contact": _CONTACT},
    "innovation-call": lambda: {"contact": _CONTACT},
    "intended-sale": lambda: {
        "kind": "house",
        "built_m2": 120.5,
        "parcels": [{"section": "AB", "number": 112, "area_m2": 430}, {"section": "AB", "number": 113, "area_m2": 25.5}],
        "commission": 1_200_000,
        "commission_by_buyer": True,
        "seller": {"kind": "person", "name": "Jeanne Martin"},
        "buyer": {"kind": "company", "name": "Boulangerie du Port", "siret": _SIRET},
        "notary": {"kind": "company", "name": "Étude Roux", "siret": _SIRET},
        "contact": _CONTACT,
    },
    "marina-application": lambda: {"yearly_fee": 1_200_000, "contact": _CONTACT},
    "marina-berth": lambda: {"harbour": "cassis", **_BOAT, "contact": _CONTACT},
    "marina-occupancy": lambda: {"years_wanted": 5, "contact": _CONTACT},
    "marina-visit": lambda: {"harbour": "cassis", "stay": {"from": _day(12), "to": _day(15)}, **_BOAT, "contact": _CONTACT},
    "participatory-vote": lambda: {"contact": _CONTACT},
    "rental-permit": lambda: {
        "letting": "first",
        "exempt": "none",
        "landlord": {"kind": "company", "name": "Foncière du Port", "siret": _SIRET},
        "agent": {"kind": "person", "name": "Paul Régis"},
        "contact": _CONTACT,
    },
    "rights-request": lambda: {"for_whom": "other", "contact": _CONTACT},
    "sanitation-inspection": lambda: {
        "purpose": "design",
        "on_sewer": False,
        "owner": {"kind": "person", "name": "Ada Blanc"},
        "contact": _CONTACT,
    },
    "school-transport": lambda: {
        "birth": "2015-03-04",
        "level": "lower",
        "shared": True,
        "in_care": False,
        "quotient": 650,
        "contact": _CONTACT,
        "second_parent": {"name": "Autre Parent", "email": "autre@example.org"},
    },
    "special-waste-fee": lambda: {
        "applicant": {"kind": "company", "name": "Boulangerie du Port", "siret": _SIRET},
        "activity": "food",
        "street_side": True,
        "collected": [{"stream": "residual", "size": 660, "bins": 1, "pickups": 5}],
        "contact": _CONTACT,
    },
    "youth-fund": lambda: {
        "birth": _day(-21 * 365),
        "urgent": False,
        "income": [{"source": "other", "amount": 32_050}],
        "contact": _CONTACT,
    },
}
