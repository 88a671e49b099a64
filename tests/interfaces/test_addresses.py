"""Who is asking, behind proxies that are trusted or not."""

import pytest

from oppidum.core.addresses import client_address


@pytest.mark.parametrize(
    ("proxies", "header", "address"),
    [
        (0, "203.0.113.9", "10.0.0.1"),  # nobody is trusted: the header may say what it likes
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "1.2.3.4, 203.0.113.9", "203.0.113.9"),  # what stands before was written by the client
        (2, "1.2.3.4, 203.0.113.9, 10.0.0.2", "203.0.113.9"),
        (2, "203.0.113.9", "10.0.0.1"),  # somebody came past a proxy
        (1, "", "10.0.0.1"),
    ],
)
def test_the_client_is_who_the_outermost_trusted_proxy_saw(rf, settings, proxies, header, address):
    settings.TRUSTED_PROXIES = proxies
    request = rf.get("/", REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR=header)
    assert client_address(request) == address
