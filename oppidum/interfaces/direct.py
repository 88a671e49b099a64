"""Programs' requests go straight to their view.

A key is all that identifies a program: sessions, cookies, CSRF tokens, messages and the content security policy of pages mean
nothing to it, and cost more than the view. Stands first in MIDDLEWARE; without it everything works, more slowly.
"""

from django.urls import get_resolver

DIRECT = ("/open311/",)


class DirectMiddleware:
    """Answers what lies under `DIRECT` itself; the rest goes on."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not request.path_info.startswith(DIRECT):
            return self.get_response(request)
        match = request.resolver_match = get_resolver().resolve(request.path_info)
        return match.func(request, *match.args, **match.kwargs)
