"""What bulky waste is made of: each object with the room that it takes in the truck, in cubic metres, and what isn't taken."""

from django.utils.translation import gettext_lazy as _

# object: (name, m3). Whole objects as they stand on the pavement; the metropolis measures its own.
TAKEN = {
    "mattress": (_("Mattress"), 0.5),
    "bed_base": (_("Bed base or slats"), 0.4),
    "bed_frame": (_("Bed frame, taken apart"), 0.3),
    "sofa": (_("Sofa"), 1.5),
    "armchair": (_("Armchair"), 0.8),
    "table": (_("Table"), 0.6),
    "chair": (_("Chair"), 0.2),
    "wardrobe": (_("Wardrobe, taken apart"), 0.8),
    "chest": (_("Chest of drawers or sideboard"), 0.7),
    "shelf": (_("Bookcase or shelves"), 0.5),
    "carpet": (_("Carpet, rolled"), 0.2),
    "door": (_("Door or window without glass"), 0.2),
    "bicycle": (_("Bicycle, pushchair or toy"), 0.4),
    "garden": (_("Garden furniture"), 0.6),
    "sanitary": (_("Bath, shower tray or basin"), 0.6),
    "fridge": (_("Fridge or freezer"), 0.7),
    "washing": (_("Washing machine, dishwasher or oven"), 0.4),
    "other": (_("Another object of a household's own"), 0.5),
}

REFUSED = {
    "rubble": _("Rubble, tiles, plaster"),
    "tyres": _("Tyres, car parts"),
    "green": _("Grass, branches"),
    "paint": _("Paint, solvents, chemicals"),
    "asbestos": _("Asbestos cement (sheets, pipes)"),
    "gas": _("Gas bottles, extinguishers"),
    "glass": _("Panes and mirrors"),
}

OBJECTS = {code: name for code, (name, _m3) in TAKEN.items()} | REFUSED
VOLUMES = {code: m3 for code, (_name, m3) in TAKEN.items()}
