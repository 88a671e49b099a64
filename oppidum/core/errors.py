"""The family of named refusals. Engines raise them; only the edges translate them (page, form message, problem+json)."""

from django.utils.translation import gettext_lazy as _


class Refusal(Exception):
    """Something that a user asked for can't be done; `message` says what to do instead, in the reader's language.

    `code` is stable and machine readable, `status` the HTTP status an edge answers with, `field` the input at fault.
    """

    code = "refused"
    status = 422
    default = _("This can't be done.")

    def __init__(self, message=None, *, field: str | None = None, **details):
        self.message = message or self.default
        self.field = field
        self.details = details
        super().__init__(str(self.code))

    def __str__(self) -> str:
        return str(self.message)


class Invalid(Refusal):
    """An answer doesn't fit its field; `field` names it."""

    code = "invalid"
    status = 422
    default = _("This answer is not valid.")


class InvalidForm(Refusal):
    """Several answers don't fit; `errors` lists one `Invalid` per field, so that all are shown at once."""

    code = "invalid-form"
    default = _("Some answers need mending.")

    def __init__(self, errors: list[Invalid]):
        super().__init__(errors=errors)
        self.errors = errors


class NotFound(Refusal):
    """No such thing, or not for this viewer: both look the same from outside."""

    code = "not-found"
    status = 404
    default = _("We found nothing at this address or under this code.")


class NotAllowed(Refusal):
    """The viewer is known and may not do this."""

    code = "not-allowed"
    status = 403
    default = _("Your role does not allow this.")


class TooMany(Refusal):
    """A rate limit; `details["retry_after"]` holds the seconds to wait."""

    code = "too-many"
    status = 429
    default = _("Too many requests in a short time: wait a little, then try again.")
