"""Mails into files, slowly: each is on disk a while before its sender hears of it."""

import time

from django.core.mail.backends.filebased import EmailBackend as FileBackend


class EmailBackend(FileBackend):
    def write_message(self, message):
        super().write_message(message)
        self.stream.flush()
        time.sleep(0.03)
