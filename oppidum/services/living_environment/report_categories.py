"""What a report can be about: groups, categories, their questions, promises and hard stops."""

from django.utils.translation import gettext_lazy as _

from oppidum.cases.declaration import Category, Choice, Danger, Group, YesNo, answered

GROUPS = (
    Group("roads", _("Roads and pavements"), icon="construction"),
    Group("other", _("Something else"), icon="circle-help"),
)

_ALL = (
    Category("roads.pothole", _("Pothole"), promise=10, words=_("hole road pothole"), questions={
        "where": Choice(_("Where is it?"), {"road": _("On the road"), "pavement": _("On the pavement")}, required=True),
        "accident": YesNo(_("Has somebody been hurt?")),
    }, dangers=(Danger(_("Somebody is hurt: call the ambulance now."), "15", when=answered("accident", True)),)),
    Category("other.other", _("Something else"), promise=5, hint=_("Say what it is; an officer finds the team.")),
)

CATEGORIES = {category.code: category for category in _ALL}
