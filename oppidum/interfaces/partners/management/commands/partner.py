"""`oppidum partner`: the addresses of partners' systems, which operators alone set."""

import secrets

from django.core.management.base import BaseCommand, CommandError

from oppidum.cases.declaration import catalogue
from oppidum.cases.declaration.outside import Partner
from oppidum.interfaces.partners.calling import AddressRefused, CallFailed, resolve
from oppidum.interfaces.partners.models import Endpoint


class Command(BaseCommand):
    help = "Set where a declared partner's system is; list them; switch one off. The secret is printed once, when it is made."

    def add_arguments(self, parser):
        parser.add_argument("code", nargs="?", help="the partner's code, as services declare it")
        parser.add_argument("--url", help="https://...; for Open311 the address above /requests.json")
        parser.add_argument("--api-key", default=None, help="the key that the other city gave us (Open311)")
        parser.add_argument("--jurisdiction", default=None, help="the other city's jurisdiction_id (Open311)")
        parser.add_argument(
            "--inside", action="store_true", help="the system lies in our own network: private addresses are allowed"
        )
        parser.add_argument("--off", action="store_true", help="send nothing any more, and believe nothing")
        parser.add_argument("--list", action="store_true", help="all declared partners and their addresses")

    def handle(self, *, code, list: bool, off, url, inside, **options):
        declared = {p.code for s in catalogue().values() for p in s.partners if isinstance(p, Partner)}
        if list:
            return self.show(declared)
        if off and code:
            if not Endpoint.objects.filter(code=code).update(is_active=False):
                raise CommandError(f"no address is set for '{code}'")
            return None
        if not code or not url:
            raise CommandError("say which partner and where: oppidum partner water-operator --url https://...")
        if code not in declared:
            raise CommandError(f"no service declares the partner '{code}'; declared: {', '.join(sorted(declared)) or 'none'}")
        return self.set_address(code, url, inside, options)

    def set_address(self, code: str, url: str, inside: bool, options: dict) -> None:
        from urllib.parse import urlsplit

        parts = urlsplit(url)
        if parts.scheme != "https" and not (inside and parts.scheme == "http"):
            raise CommandError("an address begins with https:// (http:// only with --inside)")
        try:
            resolve(parts.hostname or "", parts.port or 443, inside)
        except AddressRefused as wrong:
            raise CommandError(str(wrong)) from None
        except CallFailed as wrong:
            self.stderr.write(f"not reachable at present: {wrong}")
        given = {name: options[name] for name in ("api_key", "jurisdiction") if options[name] is not None}
        found, is_new = Endpoint.objects.update_or_create(
            code=code,
            defaults={"url": url, "is_inside": inside, "is_active": True} | given,
            create_defaults={"url": url, "is_inside": inside, "secret": secrets.token_urlsafe(32)} | given,
        )
        if is_new:
            self.stdout.write(found.secret)
            self.stderr.write("The secret that signs both ways: give it to the partner, it is not shown again.")

    def show(self, declared: set[str]) -> None:
        known = {one.code: one for one in Endpoint.objects.all()}
        for code in sorted(declared | set(known)):
            one = known.get(code)
            state = "no address" if one is None else f"{one.url}{'' if one.is_active else '  OFF'}"
            self.stdout.write(f"{code:<24}  {state}")
