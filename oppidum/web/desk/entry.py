"""Who comes in at the desk: signing in and out, and where each role starts."""

from functools import wraps

from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import LoginView, LogoutView
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from oppidum.core import rates
from oppidum.core.addresses import client_address
from oppidum.core.errors import NotAllowed, TooMany
from oppidum.people.models import Right

# A town hall's officers share one address; a password guesser needs thousands of tries at one name. A name is counted from each
# address apart, so that a stranger who types it wrong on purpose doesn't shut its owner out; from everywhere, ten times as much.
TRIES_PER_ADDRESS, TRIES_PER_NAME, TRIES_ANYWHERE, WINDOW_SECONDS = 60, 10, 100, 300
SESSION_SECONDS = 12 * 3600
# The rights that nobody but a commune's officers has.
OF_COMMUNES_ALONE = frozenset({Right.ASK.value, Right.SPACE.value})


def officers_only(view):
    """The page is for signed-in officers; others are sent to the login page. It is never kept by a shared cache."""

    @wraps(view)
    @never_cache
    @login_required
    def guarded(request, *args, **kwargs):
        return view(request, *args, **kwargs)

    return guarded


def require_right(request, *rights: str) -> None:
    """Raise `NotAllowed` unless the officer's role gives one of `rights` on the authority's own pages. What a commune's officer may do
    holds on the commune's cases and in its space, whatever its name."""
    given = request.user.rights & OF_COMMUNES_ALONE if request.user.is_of_commune else request.user.rights
    if given.isdisjoint(rights):
        raise NotAllowed()


def landing(officer) -> str:
    """Where an officer's day starts: those who take calls at the telephone, a commune's in its space, the others at their inbox."""
    if officer.is_of_commune:
        return reverse("communes:home")
    if officer.may("intake") and not officer.may("act"):
        try:
            return reverse("desk:calls")
        except NoReverseMatch:
            pass
    return reverse("desk:inbox")


@officers_only
def home(request):
    """To the first page of the officer's role."""
    return redirect(landing(request.user))


@method_decorator(never_cache, name="dispatch")
class Login(LoginView):
    """The login page; tries are counted by address and by name, right ones too."""

    template_name = "desk/login.html"
    redirect_authenticated_user = True

    def post(self, request, *args, **kwargs):
        name = request.POST.get("username", "").replace("\x00", "")[:150].strip().lower()
        address = client_address(request)
        counts = (
            (f"login:{address}", TRIES_PER_ADDRESS),
            (f"login-name:{name}:{address}", TRIES_PER_NAME),
            (f"login-name:{name}", TRIES_ANYWHERE),
        )
        within = all(rates.allow(key, limit, WINDOW_SECONDS) for key, limit in counts)
        if not within:
            raise TooMany(_("Too many tries in a short time: wait five minutes, then try again."), retry_after=WINDOW_SECONDS)
        return super().post(request, *args, **kwargs)

    def form_valid(self, form):
        """A working day, not the weeks for which a resident's draft is kept."""
        answer = super().form_valid(form)
        self.request.session.set_expiry(SESSION_SECONDS)
        return answer

    def get_default_redirect_url(self):
        return landing(self.request.user)


class Logout(LogoutView):
    """Out, and back to the login page: a shared computer shows nothing more."""

    next_page = "desk:login"
