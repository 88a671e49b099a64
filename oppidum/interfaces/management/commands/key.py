"""`oppidum key`: the keys of programs. A token is printed once, when it is made."""

from datetime import date, timedelta

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from oppidum.core import clock
from oppidum.core.errors import Refusal
from oppidum.interfaces.keys import DEFAULT_LIMIT, SCOPES, make_key, revoke
from oppidum.interfaces.models import ApiKey


class Command(BaseCommand):
    help = "Make an API key and print it once; list the keys; revoke one."

    def add_arguments(self, parser):
        parser.add_argument("name", nargs="?", help="who will use it, such as 'Allô Mairie app'")
        parser.add_argument("--scope", action="append", default=[], help=f"may be repeated: {', '.join(SCOPES)}")
        parser.add_argument("--limit", type=int, default=DEFAULT_LIMIT, help="requests a minute (default %(default)s)")
        parser.add_argument("--expires", metavar="DAY", help="last day on which it works, such as 2027-12-31")
        parser.add_argument("--list", action="store_true", help="list the keys")
        parser.add_argument("--revoke", metavar="PREFIX", help="refuse the key with this prefix from now on")

    def handle(self, **options):
        try:
            self.answer(**options)
        except DatabaseError as error:
            raise CommandError(f"The database refuses: {error} (oppidum up starts it and makes its tables.)") from None

    def answer(self, *, name, scope, limit, expires, revoke: str | None, **options) -> None:
        if options["list"]:
            self.list_keys()
        elif revoke:
            self.revoke_key(revoke)
        elif name:
            self.make(name, scope, limit, expires)
        else:
            raise CommandError("Give a name and a scope: oppidum key 'Allô Mairie app' --scope open311:write")

    def make(self, name: str, scopes: list[str], limit: int, expires: str | None) -> None:
        unknown = [scope for scope in scopes if scope not in SCOPES]
        if unknown or not scopes:
            raise CommandError(f"Say what the key may do with --scope; there are: {', '.join(SCOPES)}")
        if limit < 1 or not name.strip() or len(name) > 100:
            raise CommandError("A key has a name of at most 100 characters and a limit of at least 1 a minute.")
        self.stdout.write(make_key(name.strip(), scopes, limit, _end_of(expires) if expires else None))
        self.stderr.write("Keep it now: it is not shown again. Send it as api_key.")

    def list_keys(self) -> None:
        for key in ApiKey.objects.all():
            state = "revoked" if key.revoked_at else "expired" if key.expires_at and key.expires_at <= clock.now() else "valid"
            used = f"last used {key.last_used_on}" if key.last_used_on else "never used"
            self.stdout.write(f"{key.prefix}  {state:<8} {key.limit_per_minute:>7}/min  {','.join(key.scopes)}  {key.name}, {used}")

    def revoke_key(self, prefix: str) -> None:
        try:
            key = revoke(prefix)
        except Refusal as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write(f"{key} is revoked; running servers refuse it within 15 seconds.")


def _end_of(day: str):
    try:
        last = date.fromisoformat(day)
    except ValueError:
        raise CommandError("Write the day as year-month-day, for example 2027-12-31.") from None
    if last < clock.today():
        raise CommandError(f"{day} is over already.")
    return clock.midnight(last + timedelta(days=1))
