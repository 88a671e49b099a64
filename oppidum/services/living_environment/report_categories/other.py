"""Something else (autre): what no category fits; an officer reads it and finds the team."""

from django.utils.translation import gettext_lazy as _

from oppidum.cases.declaration import Category, Group

GROUP = Group("other", _("Something else"), icon="circle-help")

CATEGORIES = (
    Category(
        "other.other",
        _("Something else"),
        promise=5,
        public=False,
        hint=_("Say what it is; an officer finds the team."),
        words=_("other else don't know question"),
    ),
)
