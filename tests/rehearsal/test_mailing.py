"""The lists of the demonstration: one is filed, one waits at its sender's desk with rows to mend."""

import pytest

from oppidum.cases.models import Case, ListFault, ListUpload
from oppidum.core import clock
from oppidum.people.models import Remit
from oppidum.rehearsal.mailing import FILED, WAITING, WRONG, rehearse_mailing
from oppidum.services.living_environment.special_waste_notice import CODE

pytestmark = pytest.mark.django_db


def test_one_list_is_filed_and_one_waits_with_rows_to_mend(people, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    Remit.objects.create(service=CODE, category="*", team=people.roads)
    assert rehearse_mailing(clock.today()) == FILED
    waiting, filed = ListUpload.objects.order_by("-pk")
    assert (filed.stage, filed.refused, filed.file, filed.officer) == ("done", 0, "", people.ana)
    assert (waiting.stage, waiting.ready, waiting.refused) == ("checked", WAITING - len(WRONG), len(WRONG))
    assert set(ListFault.objects.values_list("row", flat=True)) == {8, 13, 18}
    assert set(ListFault.objects.values_list("column", flat=True)) == {"applicant.number", "about", "place.address"}
    assert Case.objects.filter(service=CODE, live__team=people.roads).count() == FILED


def test_where_nobody_writes_to_businesses_no_list_is_rehearsed(people):
    assert rehearse_mailing(clock.today()) == 0 and not ListUpload.objects.exists()
