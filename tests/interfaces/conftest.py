"""Situations of the open interfaces: a program with its key, and what it sends."""

import json
from xml.etree import ElementTree

import pytest

from oppidum.core import rates
from oppidum.interfaces import keys
from tests.territory.town import IN_AUBANE


@pytest.fixture(autouse=True)
def _fresh_gate(db):
    keys.forget()
    rates.forget()


@pytest.fixture
def key(db):
    """The token of a program that may file reports."""
    return keys.make_key("Allô Castelmer", ["open311:write"])


@pytest.fixture
def pothole(key):
    """The form of a pothole in Aubane, with changes: `pothole(description="...", attribute_where=None)`."""
    form = {
        "api_key": key,
        "service_code": "roads.pothole",
        "lat": str(IN_AUBANE[1]),
        "long": str(IN_AUBANE[0]),
        "description": "Un trou devant l'école",
        "attribute[where]": "road",
    }
    return lambda **changes: {name: value for name, value in (form | changes).items() if value is not None}


class Program:
    """Somebody's program, which speaks Open311 to us."""

    def __init__(self, client):
        self.client = client

    def get(self, path: str, **asked):
        return self.client.get(f"/open311/v2/{path}", asked)

    def json(self, path: str, **asked):
        answer = self.get(path, **asked)
        assert answer.status_code == 200, answer.content.decode()
        return json.loads(answer.content)

    def xml(self, path: str, **asked):
        answer = self.get(path, **asked)
        assert answer.status_code == 200, answer.content.decode()
        return ElementTree.fromstring(answer.content)

    def post(self, form, path: str = "requests.json", **extra):
        from urllib.parse import urlencode

        return self.client.post(
            f"/open311/v2/{path}", urlencode(form, doseq=True), content_type="application/x-www-form-urlencoded", **extra
        )

    def file(self, form) -> str:
        """File and return the identifier."""
        answer = self.post(form)
        assert answer.status_code == 200, answer.content.decode()
        return json.loads(answer.content)[0]["service_request_id"]

    def refused(self, answer, status: int) -> str:
        """The descriptions of an error document in JSON, having checked its shape."""
        assert answer.status_code == status, answer.content.decode()
        errors = json.loads(answer.content)
        assert all(set(error) == {"code", "description"} and error["code"] == status for error in errors)
        return "\n".join(error["description"] for error in errors)


@pytest.fixture
def program(people, client):
    return Program(client)
