"""Words of a search that should be a telephone call: somebody who writes "it smells of gas" is told the number at once.

The question of the category would stop them too, but three pages later. The number is offered beside what was found, never
instead of it: "gas bottle" is said of waste as well.
"""

from django.utils.translation import gettext_lazy as _

from oppidum.cases.declaration import Danger
from oppidum.cases.declaration.alarms import Alarm
from oppidum.services.living_environment.report_categories import dangers

ALARMS = (
    Alarm(_("Does it smell of gas?"), _("gas"), Danger(dangers.SMELLS_OF_GAS, dangers.GAS_EMERGENCY)),
    Alarm(_("Is something burning?"), _("burning, on fire, caught fire, flames"), Danger(dangers.BURNS, dangers.FIRE_BRIGADE)),
    Alarm(_("Is somebody hurt?"), _("hurt, injured, wounded, unconscious"), Danger(dangers.HURT, dangers.AMBULANCE)),
)
