"""What is written in a data breach: the content of the notification (GDPR, art. 33(3)) and of the word to persons (art. 34(2))."""

from django.utils.translation import gettext_lazy as _

from oppidum.cases.declaration import Bullets, Heading, Letter, Paragraph, answer

LETTERS = (
    Letter(
        "notification",
        subject=_("Notification of a breach of personal data, {code}"),
        body=(
            _("On the basis of article 33 of the General Data Protection Regulation, {authority} notifies a breach of personal data."),
            Heading(_("What happened")),
            "{story}",
            _("Known to us since: {known_at}."),
            Bullets("kinds", title=_("Nature of the breach")),
            Bullets("persons", title=_("Categories of persons")),
            Bullets("data", title=_("Categories of data")),
            Paragraph(_("About {persons_count} persons are concerned."), optional=True),
            Heading(_("Likely consequences")),
            "{consequences}",
            Heading(_("Measures taken or proposed")),
            "{measures}",
            Paragraph(_("This notification comes after 72 hours, for this reason: {late_because}"), optional=True),
            Paragraph(_("Some information is not known yet: it will follow without undue delay (article 33(4))."), when=answer("whole").is_("no")),
            _("Number of the notification: {cnil_reference}. Contact: {team}, the data protection officer of the authority."),
        ),
    ),
    Letter(
        "persons",
        subject=_("A breach concerns your personal data"),
        body=(
            _("We owe you this information (article 34 of the General Data Protection Regulation)."),
            Heading(_("What happened")),
            "{story}",
            Heading(_("What it can mean for you")),
            "{consequences}",
            Heading(_("What we have done")),
            "{measures}",
            Heading(_("What you can do")),
            "{what_to_do}",
            _("Questions? {team}, the data protection officer of the authority, answers you. You may also complain to the CNIL, cnil.fr."),
        ),
    ),
)
