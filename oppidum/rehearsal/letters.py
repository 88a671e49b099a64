"""The letters of rehearsed requests: made and kept as real ones are, and told to nobody.

Those for people without an e-mail address wait for a print run, so that the mail room of the demonstration has its work.
"""

import logging

from django.db import transaction

from oppidum.cases.models import Effect
from oppidum.publishing.models import Paper
from oppidum.publishing.papers import make_papers

log = logging.getLogger(__name__)


def make_rehearsed_letters(most: int = 400) -> int:
    """Make the newest `most` letters that a rehearsal withheld; returns how many papers. Run again, it makes nothing twice."""
    withheld = Effect.objects.filter(kind="letter", error__startswith="withheld").order_by("-pk")[:most]
    before = Paper.objects.count()
    for effect in withheld:
        try:
            with transaction.atomic():
                make_papers([effect], announced=False)
        except Exception as error:  # a letter that can't be made is told, and keeps no demonstration from starting
            log.warning("letter of case %s, entry %s: %r", effect.case_id, effect.seq, error)
    return Paper.objects.count() - before
