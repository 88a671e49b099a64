"""French by default, English by choice: `?lang=en` or the cookie it leaves; the browser's Accept-Language is not asked.

Many residents' phones speak another language than the one they read the town's letters in; a choice is never guessed.
"""

from django.conf import settings
from django.utils import translation

YEAR_SECONDS = 365 * 24 * 3600
SPOKEN = frozenset(code for code, _name in settings.LANGUAGES)


def chosen(request) -> str:
    """The language of this page: the address, then the cookie, then French."""
    for wish in (request.GET.get("lang"), request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)):
        if wish in SPOKEN:
            return wish
    return settings.LANGUAGE_CODE


class LanguageMiddleware:
    """Activates the reader's language for the request, and remembers a choice made by `?lang=`."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        language = chosen(request)
        request.LANGUAGE_CODE = language
        with translation.override(language):
            response = self.get_response(request)
            # A template response is rendered inside get_response; what streams later must keep the language too.
            response.headers.setdefault("Content-Language", language)
        if request.GET.get("lang") in SPOKEN:
            remember(response, language)
        return response


def remember(response, language: str) -> None:
    """Keep the choice for a year. It tells nothing about the person, so it needs no consent."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=YEAR_SECONDS,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
    )
