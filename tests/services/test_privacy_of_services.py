"""Every service says what it does with personal data, in words that the register prints and rights that officers can have."""

import pytest

from oppidum.cases.declaration import catalogue, privacy_of
from oppidum.cases.declaration.privacy import check_privacy
from oppidum.people.models import Right


@pytest.mark.parametrize("service", catalogue().values(), ids=lambda service: service.code)
def test_it_declares_its_processing(service):
    assert privacy_of(service), "declare `privacy`: purpose, basis, persons, categories, recipients, retention (GDPR, art. 30)"
    assert list(check_privacy(service, frozenset(Right.values))) == []
