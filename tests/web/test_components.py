"""Each component as a page gets it."""

from datetime import date

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

from oppidum.core.errors import Invalid, InvalidForm
from oppidum.web import icons, steps


def draw(source: str, **context) -> str:
    """A piece of template, in French, as in a page."""
    with translation.override("fr"):
        return Template(source).render(Context(context))


def test_a_button_is_a_button_and_with_an_address_a_link():
    assert '<button class="button button-primary" type="submit"' in draw('{% button "Envoyer" %}')
    link = draw('{% button "Voir" href=to kind="secondary" key="v" data_x="1" disabled=False %}', to="/x?a=1&b=2")
    assert 'href="/x?a=1&amp;b=2"' in link and 'data-key="v"' in link and 'data-x="1"' in link and "disabled" not in link


def test_a_field_ties_its_hint_and_its_error_to_its_input():
    page = draw('{% field "words" "Quoi ?" kind="textarea" hint="Peu" error="Rien" required=True maxlength=50 %}')
    assert 'for="id_words"' in page and 'aria-describedby="id_words-hint id_words-error"' in page
    assert 'aria-invalid="true"' in page and " required" in page and 'maxlength="50"' in page and "facultatif" not in page


def test_what_was_typed_comes_back_escaped():
    page = draw('{% field "words" "Quoi ?" value=value %}', value='"><script>alert(1)</script>')
    assert "<script>" not in page


def test_radios_stand_in_a_fieldset_and_the_first_takes_the_id_that_an_error_links_to():
    page = draw('{% field "what" "Quoi ?" kind="radios" choices=choices value="b" %}', choices=[("a", "A"), ("b", "B", "sûr")])
    assert "<legend>" in page and 'id="id_what"' in page and 'value="b" checked' in page and "sûr" in page


@pytest.mark.parametrize(
    "kind", ["text", "email", "tel", "number", "date", "time", "select", "checkboxes", "checkbox", "file", "photo"]
)
def test_each_kind_of_field_has_a_name_and_a_label(kind):
    page = draw('{% field "x" "Libellé" kind=kind choices=choices %}', kind=kind, choices=[("a", "A")])
    assert 'name="x"' in page and "Libellé" in page


class PlaceForm(forms.Form):
    name = forms.CharField(label="Nom", help_text="Le vôtre", max_length=10)
    kind = forms.ChoiceField(label="Genre", choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)


def test_a_django_form_is_drawn_with_the_same_field_and_its_errors_are_listed_on_top():
    form = PlaceForm({"name": "", "kind": "b"})
    page = draw("{% error_summary form %}{% bound_field form.name %}{% bound_field form.kind %}", form=form)
    assert 'href="#id_name"' in page and 'maxlength="10"' in page and 'value="b" checked' in page


def test_the_summary_takes_refusals_dictionaries_and_pairs():
    refusal = InvalidForm([Invalid("Trop long", field="words"), Invalid("Ailleurs")])
    assert 'href="#id_words"' in draw("{% error_summary one %}", one=refusal)
    assert "2 choses" in draw("{% error_summary one %}", one=refusal)
    assert 'href="#id_lieu"' in draw("{% error_summary one %}", one={"lieu": ["Où ?"]})
    assert "une chose" in draw("{% error_summary one %}", one=[("lieu", "Où ?")])
    assert draw("{% error_summary one %}", one=None).strip() == ""


@pytest.mark.parametrize("step", steps.LOOKS)
def test_every_step_has_an_icon_a_word_and_a_tone(step):
    page = draw("{% status step %}", step=step.replace("-", "_"))
    assert "<svg" in page and 'class="status status-' in page


def test_a_step_of_another_service_keeps_its_own_word():
    assert "Visite" in draw('{% status "visit" label="Visite" %}')


def test_a_timeline_shows_notes_as_internal_and_says_when_it_is_empty(moved):
    with moved(2026, 3, 12, 10):
        entries = [{"at": None, "title": "Reçu"}, {"title": "Note", "note": True, "text": "<b>"}]
        page = draw("{% timeline entries %}", entries=entries)
    assert "Note interne" in page and "&lt;b&gt;" in page
    assert "rien passé" in draw("{% timeline entries %}", entries=[])


def test_a_card_and_a_notice_hold_what_is_put_inside_without_escaping_twice():
    page = draw('{% card title href="/x" %}<p>Texte & suite</p>{% endcard %}', title="A & B")
    assert "<p>Texte & suite</p>" in page and "A &amp; B" in page
    assert "<em>oui</em>" in draw('{% notice "done" title="Fait" %}<em>oui</em>{% endnotice %}')
    assert "&lt;i&gt;" in draw("{% notice %}{{ x }}{% endnotice %}", x="<i>")


def test_a_map_keeps_its_list_beside_it_and_writes_numbers_plainly():
    page = draw('{% map_block mode="one" lon=lon lat=lat %}<ul><li>Ici</li></ul>{% endmap_block %}', lon=5.37, lat=43.3)
    assert 'data-lon="5.37"' in page and "<li>Ici</li>" in page


def test_pages_keep_the_rest_of_the_address():
    request = RequestFactory().get("/?view=late&page=2")
    page = draw("{% pagination page %}", page=Paginator(range(1500), 10).page(2), request=request)
    assert 'href="?view=late&amp;page=3"' in page and "2 sur 150" in page
    assert draw("{% pagination page %}", page=Paginator(range(3), 10).page(1), request=request).strip() == ""


def test_the_other_small_ones_render():
    page = draw(
        '{% stats items %}{% tabs items %}{% answers items %}{% figure "Appels" 342200 unit="appels" trail="/t" %}'
        '{% empty_state "Rien" href="/" action="Voir" %}{% case_code "ABCDE-FGHJK" %}{% step_count 1 4 minutes=1 %}'
        '{% photo "/a.jpg" "Un banc" full="/b.jpg" %}{% promise day %}{% key "j" %}{% place_field "lieu" %}',
        items=[{"label": "En retard", "value": 1200, "href": "/late", "count": 1200, "tone": "late", "current": True}],
        day=date(2026, 3, 12),
    )
    assert "1\u202f200" in page and "342\u202f200" in page and "Étape 1 sur 4" in page and "ABCDE-FGHJK" in page


def test_every_icon_named_in_a_template_or_a_step_is_copied_by_set_up(settings):
    import re

    names = set((settings.ROOT / "oppidum/web/icons.txt").read_text().split())
    used = {look.icon for look in steps.LOOKS.values()}
    for template in (settings.ROOT / "oppidum").rglob("templates/**/*.html"):
        text = template.read_text(encoding="utf-8")
        used |= set(re.findall(r"""{% icon "([a-z0-9-]+)\"""", text))
        used |= set(re.findall(r"""{% (?:button|empty_state|notice)[^%]* icon="([a-z0-9-]+)\"""", text))
    assert used <= names, f"add to oppidum/web/icons.txt: {sorted(used - names)}"


def test_an_unknown_icon_leaves_the_word_alone():
    assert icons.shape("no-such-icon") == ""
    assert icons.shape("../../secret") == ""
