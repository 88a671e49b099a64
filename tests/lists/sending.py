"""A program of its own that sends the list on its input and confirms it: `python -m tests.lists.sending SERVICE < list.csv`."""

import io
import sys

import django


def send(code: str, content: bytes) -> None:
    from oppidum.cases.declaration import catalogue
    from oppidum.cases.lists import uploads
    from tests.people_of_town import load_people
    from tests.territory.town import load_town

    load_town()
    officer = load_people().ana
    upload = uploads.receive(io.BytesIO(content), "list.csv", catalogue()[code], officer, "fr")
    while uploads.work_on(upload.pk, 60):
        pass
    uploads.confirm(upload.pk)


if __name__ == "__main__":
    django.setup()
    send(sys.argv[1], sys.stdin.buffer.read())
