"""Errors from wherever they come, as one list to show on top of a form."""

from dataclasses import dataclass

from oppidum.core.errors import InvalidForm, Refusal


@dataclass(frozen=True)
class FieldError:
    """One message and the id of the input it is about ("" when it is about the whole form)."""

    message: str
    target: str = ""


def list_errors(errors) -> list[FieldError]:
    """From a Django form, a Refusal, a dictionary {field: message} or a list of (field, message)."""
    if hasattr(errors, "add_prefix"):
        return _of_form(errors)
    if not errors:
        return []
    if isinstance(errors, InvalidForm):
        return [FieldError(str(one), _target(one.field)) for one in errors.errors]
    if isinstance(errors, Refusal):
        return [FieldError(str(errors), _target(errors.field))]
    pairs = errors.items() if isinstance(errors, dict) else errors
    return [_one(pair) for pair in pairs]


def _of_form(form) -> list[FieldError]:
    listed = [FieldError(str(message)) for message in form.non_field_errors()]
    for name, messages in form.errors.items():
        if name in form.fields:
            listed += [FieldError(str(message), form[name].auto_id) for message in messages]
    return listed


def _one(pair) -> FieldError:
    if isinstance(pair, Refusal):
        return FieldError(str(pair), _target(pair.field))
    if isinstance(pair, str):
        return FieldError(pair)
    name, message = pair
    if isinstance(message, list | tuple):
        message = " ".join(str(one) for one in message)
    return FieldError(str(message), _target(name))


def _target(name: str | None) -> str:
    return f"id_{name}" if name else ""
