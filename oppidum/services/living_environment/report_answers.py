"""Standard answers that officers start from: true in most cases, and theirs to change before sending.

`category` is a category's code, a group's code, or empty for all. Square brackets mark what the officer has to fill in.
"""

from django.utils.translation import gettext_lazy as _

from oppidum.cases.declaration import StandardAnswer

_ASK = tuple(
    StandardAnswer("ask_resident", label, text, category)
    for label, text, category in (
        (
            _("Where exactly?"),
            _(
                "Our team went there and did not find the problem. Can you say where it is: house number, side of the street, "
                "something to recognise it by? A photo helps most."
            ),
            "",
        ),
        (
            _("Is it still there?"),
            _("Some time has passed since your report. Is the problem still there? Yes or no is enough."),
            "",
        ),
        (_("A photo, please"), _("Can you add a photo to your report? It tells us which team and tools to send."), ""),
        (
            _("Which container?"),
            _(
                "Can you tell us the number on the container, and the number of the building it belongs to? "
                "We then bring the right one."
            ),
            "collection.container",
        ),
        (
            _("Owner's consent for the wall"),
            _(
                "This wall is private: we clean it free of charge, with the owner's written consent. Can you tell us who owns or "
                "manages the building?"
            ),
            "cleanliness.graffiti",
        ),
        (
            _("Number on the pole"),
            _(
                "Can you read us the number on the pole, on a plate or painted at eye level? Otherwise: before which house "
                "number does it stand?"
            ),
            "lighting.street_lamp",
        ),
        (
            _("Is the vehicle still there?"),
            _(
                "Before the vehicle is towed away we have to see that it has not moved. Does it still stand in the same place? "
                "Please give us its make, its colour and its number plate if you can read it."
            ),
            "parking.abandoned_vehicle",
        ),
        (
            _("Times of the noise"),
            _(
                "To come at the right moment we need to know on which days and at which hours the noise happens, and from which "
                "place it can be heard."
            ),
            "noise",
        ),
    )
)

_FINISH = tuple(
    StandardAnswer("finish", label, text, category)
    for label, text, category in (
        (_("Cleaned"), _("The team has cleaned the place."), "cleanliness"),
        (_("Objects removed"), _("The team has taken away what had been left there and cleaned the place."), "dumping"),
        (_("Collected"), _("The bins were emptied on a second round."), "collection.missed"),
        (_("Emptied"), _("The drop-off point was emptied and the ground around it cleaned."), "collection.drop_off"),
        (_("Container replaced"), _("The container was repaired or replaced."), "collection.container"),
        (_("Hole filled"), _("The hole is filled. If it opens again before the road is resurfaced, tell us."), "roads.pothole"),
        (
            _("Made safe, repair to follow"),
            _("The place is made safe with barriers. The lasting repair follows by [month]."),
            "roads",
        ),
        (_("Lamp repaired"), _("The lamp is repaired and was seen alight."), "lighting.street_lamp"),
        (_("Traffic light repaired"), _("The traffic light works again."), "lighting.traffic_light"),
        (_("Leak repaired"), _("The pipe is repaired and the ground closed. The final surface follows."), "water.leak"),
        (_("Drain cleared"), _("The drain was cleared, and water runs off again."), "sewers"),
        (_("Branch removed"), _("The branch or the tree was removed and the place made safe."), "green.dangerous_tree"),
        (_("Vehicle towed away"), _("The municipal police had the vehicle towed away."), "parking.abandoned_vehicle"),
        (
            _("Treated against rats"),
            _("The place was treated. Please leave no food or bags on the ground: that is what brings rats back."),
            "animals.rats",
        ),
    )
)

_REJECT = tuple(
    StandardAnswer("reject", label, text, category)
    for label, text, category in (
        (
            _("Nothing found"),
            _(
                "Our team went there on [day] and found nothing. If you still see the problem, open your report again with a photo "
                "and the exact place."
            ),
            "",
        ),
        (
            _("Private land"),
            _("The place is private: only its owner may act there. You can tell the owner or the manager of the building."),
            "",
        ),
        (
            _("Part of planned works"),
            _(
                "This street will be redone: works are planned from [month]. Your report is in the file of these works. "
                "Until then the team watches the place."
            ),
            "roads",
        ),
        (
            _("Within the permitted hours"),
            _(
                "We checked: these works keep to the hours that the order permits, until [hour]. If they go beyond, tell us again "
                "with the day and the hour."
            ),
            "noise",
        ),
        (
            _("Healthy tree"),
            _("A tree expert has looked at the tree: it is healthy and will not be felled. It is looked at again every year."),
            "green",
        ),
    )
)

_TRANSFER = tuple(
    StandardAnswer("transfer", label, text, category)
    for label, text, category in (
        (
            _("Road of the department or the state"),
            _(
                "This road is not in our care. We have passed your report and its photos to those who keep it; they will answer "
                "you."
            ),
            "roads",
        ),
        (
            _("Telephone or fibre network"),
            _(
                "This cable or cover belongs to a telephone operator. We have passed your report on, and you can follow it with "
                "the operator too."
            ),
            "lighting.wires",
        ),
        (
            _("Social landlord"),
            _(
                "The place belongs to a social landlord. We have passed your report to the landlord; your caretaker can tell you "
                "when they come."
            ),
            "",
        ),
        (_("Hire service"), _("We have told the hire service, who must remove its vehicle."), "parking.scooter"),
    )
)

_MESSAGE = tuple(
    StandardAnswer("message", label, text, category)
    for label, text, category in (
        (
            _("Later than promised"),
            _("We will not keep the date that we had promised, and are sorry. The reason is: [reason]. The new date is: [day]."),
            "",
        ),
        (
            _("A part is on order"),
            _("The team has come: a part has to be ordered. We expect it by [day] and will then finish the repair."),
            "",
        ),
        (_("Thanks for the details"), _("Thank you for these details: the team has them and takes them into account."), ""),
        (
            _("How to get rid of bulky objects"),
            _("Bulky objects are fetched from your door by appointment, free of charge, and every recycling centre takes them."),
            "dumping",
        ),
    )
)

ANSWERS = _ASK + _FINISH + _REJECT + _TRANSFER + _MESSAGE
