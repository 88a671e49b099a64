"""Run as a program: the town of the tests in the database of OPPIDUM_VAR, and a key for programs, printed."""

import django


def main() -> None:
    django.setup()
    from oppidum.interfaces.keys import make_key
    from tests.people_of_town import load_people
    from tests.territory.town import load_town

    load_town()
    load_people()
    print(make_key("Allô Castelmer", ["open311:write"], limit=1_000_000))


if __name__ == "__main__":
    main()
