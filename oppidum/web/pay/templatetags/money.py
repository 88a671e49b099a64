"""Amounts on pages: `{% load money %}`, then `{{ cents|euros }}`."""

from django import template

from oppidum.core.money import say_money

register = template.Library()


@register.filter
def euros(cents: int) -> str:
    """123450 -> "1 234,50 €"."""
    return say_money(cents)


@register.filter
def negative(cents: int) -> int:
    return -cents
