"""What the worker does for papers without being asked."""

from oppidum.cases.tasks import every
from oppidum.publishing import printing
from oppidum.publishing.actes import Outbox
from oppidum.publishing.datasets.running import publish_due, publish_waiting
from oppidum.publishing.report.editions import make_missing_files
from oppidum.publishing.sending_out import send_out


@every("* * * * * */5")
def print_runs() -> int:
    """Print runs go on, chunk by chunk, a few seconds at a time so that a worker told to stop does so soon."""
    return printing.work(seconds=8)


@every("* * * * * */20")
def send_acts() -> int:
    """Acts of bodies get their files, go to the prefect and online; receipts are read."""
    return send_out() + Outbox().take_receipts()


@every("* * * * * 40")
def make_report_files() -> int:
    """The PDF of the activity report is ready before it is asked for, made anew when its texts or figures changed."""
    return make_missing_files()


@every("50 2 * * *")
def publish_datasets() -> int:
    """Each night the open data whose time has come."""
    return publish_due()


@every("* * * * * */10")
def publish_waiting_datasets() -> int:
    """Open data that an officer asked for, or that was never published, a few seconds at a time."""
    return publish_waiting()
