"""A winter of the town of three communes, rehearsed through the real engine: from 1 November 2027 to 10 February 2028."""

from contextlib import contextmanager
from datetime import datetime

from django.db import connection, transaction

from oppidum.core import clock
from oppidum.rehearsal.month import rehearse_month
from oppidum.rehearsal.requests import rehearse_requests
from tests.people_of_town import load_people
from tests.territory.town import load_town

UNTIL = datetime(2028, 2, 10, 18, tzinfo=clock.PARIS)
YEAR, DAYS = 2027, 100


@contextmanager
def rehearsed_winter():
    """The town in the database for the block, then gone again."""
    with transaction.atomic():
        load_town()
        load_people()
        rehearse_month(160, DAYS, 7, UNTIL)
        rehearse_requests(DAYS, 7, UNTIL)
        # The transaction's own rows are unknown to the planner, who would walk them again for each other.
        with connection.cursor() as cursor:
            cursor.execute("analyze")
        try:
            yield
        finally:
            transaction.set_rollback(True)
