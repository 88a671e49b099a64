"""What is heard in the words of a search before anything is found: that somebody should call, whatever service they look for."""

from oppidum.cases.declaration import catalogue
from oppidum.cases.declaration.alarms import Alarm
from oppidum.cases.searching.wording import plain_words


def find_alarm(words: str) -> Alarm | None:
    """The alarm that `words` give in the reader's language, if they do."""
    written = set(plain_words(words))
    alarms = (alarm for service in catalogue().values() for alarm in service.alarms)
    return next(
        (alarm for alarm in alarms if written and any(_is_in(saying, written) for saying in str(alarm.words).split(","))), None
    )


def _is_in(saying: str, written: set[str]) -> bool:
    needed = set(plain_words(saying))
    return bool(needed) and needed <= written
