"""The ordinary settings with a mail server that takes its time, so that a kill -9 finds a mail on its way."""

from oppidum.settings import *  # noqa: F403

EMAIL_BACKEND = "tests.cases.slow_mail.EmailBackend"
