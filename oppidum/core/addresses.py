"""Who is asking: the client's address, behind as many proxies as the installation says it trusts."""

from django.conf import settings


def client_address(request) -> str:
    """The address of the client, as the outermost trusted proxy saw it.

    Each proxy appends the address it was called from to X-Forwarded-For; what stands left of the last `TRUSTED_PROXIES` entries
    was written by the client and proves nothing. Without trusted proxies the header is ignored.
    """
    peer = request.META.get("REMOTE_ADDR") or "unknown"
    trusted = settings.TRUSTED_PROXIES
    if trusted < 1:
        return peer
    hops = [hop.strip() for hop in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if hop.strip()]
    # Fewer entries than proxies: somebody came past them, and only what the nearest one saw is known.
    return hops[-trusted][:64] if len(hops) >= trusted else peer
