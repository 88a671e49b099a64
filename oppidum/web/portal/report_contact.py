"""Staying in touch: a name, an e-mail address, a telephone number, each of them optional, and what they are for."""

import phonenumbers
from django import forms
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from oppidum.cases.rules.standing import Contact
from oppidum.web.portal.report_draft import Draft, keep
from oppidum.web.portal.report_steps import go, next_after, show_page, wants_back

NAMES = ("email", "name", "phone", "language", "notify")


class ContactForm(forms.Form):
    """E-mail in lower case, telephone as E.164; French numbers may be written as people write them."""

    email = forms.EmailField(
        label=_("Your e-mail address"),
        required=False,
        max_length=254,
        error_messages={
            "invalid": _("Write the whole address, like name@example.fr, or leave it empty."),
        },
    )
    name = forms.CharField(label=_("Your name"), required=False, max_length=200)
    phone = forms.CharField(label=_("Your telephone number"), required=False, max_length=40)
    language = forms.ChoiceField(label=_("In which language shall we write to you?"), choices=settings.LANGUAGES, required=False)
    notify = forms.BooleanField(label=_("Write to me at each step"), required=False)

    def clean_email(self) -> str:
        return self.cleaned_data["email"].strip().lower()

    def clean_name(self) -> str:
        return " ".join(self.cleaned_data["name"].split())

    def clean_phone(self) -> str:
        given = self.cleaned_data["phone"].strip()
        if not given:
            return ""
        try:
            number = phonenumbers.parse(given, "FR")
        except phonenumbers.NumberParseException:
            number = None
        if number is None or not phonenumbers.is_possible_number(number):
            raise forms.ValidationError(_("Write the number with its ten digits, like 06 12 34 56 78, or leave it empty."))
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)

    def clean_language(self) -> str:
        return self.cleaned_data["language"] or get_language() or settings.LANGUAGE_CODE


def show(request, draft: Draft, form: ContactForm | None = None, status: int = 200):
    """The three fields; nobody has to fill any."""
    form = form or blank_form(draft)
    return show_page(request, draft, "contact", {"form": form, "errors": form}, status)


def blank_form(draft: Draft) -> ContactForm:
    """The form as it is first shown: nothing written, messages at each step, in the language of the page."""
    return ContactForm(initial=draft.contact or {"notify": True, "language": get_language()})


def take(request, draft: Draft):
    """Keep what was given, cleaned."""
    form = ContactForm(request.POST)
    if not form.is_valid():
        return show(request, draft, form, 422)
    draft.contact, draft.contacted = form.cleaned_data, True
    keep(request, draft)
    return go(draft, next_after(draft, "contact", wants_back(request)))


def read(request) -> dict:
    """What was typed, as it is: to be shown again when the rest of the form was lost."""
    return {name: request.POST.get(name, "")[:254] for name in NAMES}


def make_contact(given: dict) -> Contact:
    """The contact that the engine keeps."""
    return Contact(given.get("name", ""), given.get("email", ""), given.get("phone", ""), given.get("language", "fr"))
