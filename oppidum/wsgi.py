"""WSGI entry point, served by Granian."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "oppidum.settings")
application = get_wsgi_application()

from oppidum.cases.searching import warm  # noqa: E402  once Django stands

warm()  # A second that the first visitor doesn't wait for.
