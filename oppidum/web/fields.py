"""What a form field needs to be drawn and to be heard: label, hint, error, and the ids that tie them together."""

from dataclasses import dataclass, field

CHOSEN_KINDS = ("radios", "checkboxes")


@dataclass(frozen=True)
class Choice:
    """One answer that can be picked."""

    value: str
    label: str
    hint: str = ""
    id: str = ""
    chosen: bool = False


@dataclass
class Field:
    """A field ready for `web/components/field.html`."""

    name: str
    label: str
    kind: str = "text"
    value: object = ""
    hint: str = ""
    error: str = ""
    required: bool = False
    choices: list[Choice] = field(default_factory=list)
    id: str = ""
    unit: str = ""
    rows: int = 4
    show_optional: bool = True
    attrs: dict = field(default_factory=dict)

    def __post_init__(self):
        self.id = self.id or f"id_{self.name}"

    @property
    def is_group(self) -> bool:
        """Several inputs under one legend."""
        return self.kind in CHOSEN_KINDS

    @property
    def described_by(self) -> str:
        """The ids that a screen reader says after the label."""
        said = [f"{self.id}-hint"] if self.hint else []
        return " ".join(said + ([f"{self.id}-error"] if self.error else []))

    @property
    def input_attrs(self) -> dict:
        """What every kind of input has in common."""
        attrs = {"id": self.id, "name": self.name, **self.attrs}
        if self.described_by:
            attrs["aria-describedby"] = self.described_by
        if self.error:
            attrs["aria-invalid"] = "true"
        if self.required:
            attrs["required"] = True
        return attrs


def build_choices(choices, value, field_id: str) -> list[Choice]:
    """Choices from (value, label) or (value, label, hint); the first takes the field's own id so that errors can link to it."""
    chosen = {str(one) for one in value} if isinstance(value, list | tuple | set) else {str(value)}
    built = []
    for position, choice in enumerate(choices):
        code, label, *hint = choice
        one_id = field_id if position == 0 else f"{field_id}_{position}"
        built.append(Choice(str(code), label, hint[0] if hint else "", one_id, str(code) in chosen))
    return built


_KIND_OF_WIDGET = {
    "textarea": "textarea",
    "select": "select",
    "radioselect": "radios",
    "checkboxselectmultiple": "checkboxes",
    "checkboxinput": "checkbox",
    "clearablefileinput": "file",
    "fileinput": "file",
    "emailinput": "email",
    "numberinput": "number",
    "dateinput": "date",
    "passwordinput": "password",
    "telinput": "tel",
    "searchinput": "search",
    "hiddeninput": "hidden",
}


def from_bound(bound, **changes) -> Field:
    """A Django form's bound field, drawn like any other."""
    widget = bound.field.widget
    kind = changes.pop("kind", "") or _KIND_OF_WIDGET.get(type(widget).__name__.lower(), "text")
    value = bound.value()
    attrs = {key: val for key, val in widget.attrs.items() if key not in ("id", "required")}
    if getattr(bound.field, "max_length", None) and kind not in ("select", "file"):
        attrs.setdefault("maxlength", bound.field.max_length)
    options = [(code, label) for code, label in getattr(bound.field, "choices", []) if kind == "select" or code != ""]
    built = {
        "name": bound.html_name,
        "label": bound.label,
        "kind": kind,
        "value": "" if value is None else value,
        "hint": bound.help_text,
        "error": " ".join(bound.errors),
        "required": bound.field.required,
        "id": bound.auto_id or bound.id_for_label,
        "rows": widget.attrs.get("rows", 4),
        "attrs": attrs,
        "choices": build_choices(options, value, bound.auto_id),
    }
    built.update(changes)
    return Field(**built)
