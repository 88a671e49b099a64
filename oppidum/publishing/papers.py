"""Papers are made: the effect "letter" of a decision becomes a paper for each addressee, attached to the case and sent on its way.

Who gave an e-mail address is told by a mail with the page of the case, where the paper is; who didn't, or must be reached with
proof, gets it by post: the paper waits for the next print run. Copies for administrations go by post too.
"""

import hashlib
from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from oppidum.cases import outbox
from oppidum.cases.declaration import Letter, get_service, letters_at
from oppidum.cases.mailing.notices import follow_link
from oppidum.cases.mailing.sending import queue_mails
from oppidum.cases.models import Case, Effect, Mail, Party
from oppidum.core import clock
from oppidum.core.watching import tell
from oppidum.payments.reminder_letters import letters_for
from oppidum.publishing.addressing import Addressee, addressees
from oppidum.publishing.composing import compose, issuer_of
from oppidum.publishing.keeping import keep, path_of
from oppidum.publishing.models import Paper
from oppidum.publishing.signing import Signatory, Signatures
from oppidum.publishing.stories import Story, read_house, read_stories
from oppidum.publishing.typesetting import typeset
from oppidum.publishing.watching import PAPERS
from oppidum.publishing.wording import number_of

# Acts of a French administration are in French (loi 94-665, art. 1; Constitution, art. 2).
LANGUAGE = "fr"
BATCH = 200


def register() -> None:
    """Say to the outbox that letters are made here."""
    outbox.handler("letter", size=BATCH)(make_papers)


def make_papers(effects: Sequence[Effect], announced: bool = True) -> None:
    """Make the papers that these effects ask for. Made again, it makes nothing twice: the key of a paper is its entry's.

    Who is not `announced` a letter (a rehearsal tells nobody) finds it with the case all the same.
    """
    house = read_house()
    signatures = Signatures(house.letterhead)
    stories = read_stories(((e.case_id, e.seq) for e in effects), house)
    papers = []
    with override(LANGUAGE):
        for effect in effects:
            if story := stories.get((effect.case_id, effect.seq)):
                papers += [paper for letter in letters_of(story) for paper in _papers(story, letter, signatures)]
    known = set(Paper.objects.filter(key__in=[p.key for p in papers]).values_list("key", flat=True))
    new = [paper for paper in papers if paper.key not in known]
    for paper in new:
        if paper.fate != Paper.Fate.WAITING:
            set_alone(paper)
    Paper.objects.bulk_create(new)
    tell(PAPERS, new)
    if announced:
        _announce([paper for paper in new if paper.fate == Paper.Fate.MAILED], stories)


def letters_of(story: Story) -> list[Letter]:
    """The letters that the story's entry makes."""
    made = letters_at(story.service, story.fact.action) + letters_for(story.fact)
    return [letter for letter in made if letter.when is None or letter.when.holds(story.known)]


def _papers(story: Story, letter: Letter, signatures: Signatures) -> Iterator[Paper]:
    to = list(addressees(story, letter))
    signatory = _signatory(story, letter, signatures)
    copies = [one for one in to if one.rank >= len(letter.to or {"": ""})]
    for one in to:
        data = compose(story, letter, one, copies, signatory, story.day, LANGUAGE)
        yield _paper(story, letter, one, signatory, data)


def _signatory(story: Story, letter: Letter, signatures: Signatures) -> Signatory | None:
    if not letter.signed_by:
        return None
    decided_by = story.fact.actor.id if story.fact.actor.kind == "officer" else None
    issuer = issuer_of(story, letter)
    return signatures.find(letter, story.service.code, story.day, _amount(story, letter), decided_by, issuer)


def _amount(story: Story, letter: Letter) -> int | None:
    """The amount in cents that a ceiling is compared with."""
    if not letter.amount:
        return None
    word = letter.words.get(letter.amount)
    value = word.value.value(story.known) if word else story.values.get(letter.amount)
    return None if value is None else round(value)


def _paper(story: Story, letter: Letter, to: Addressee, signatory: Signatory | None, data: dict[str, Any]) -> Paper:
    return Paper(
        case_id=story.case.pk,
        seq=story.fact.seq,
        letter=letter.code,
        kind=letter.kind,
        template=letter.template,
        rank=to.rank,
        key=f"{story.case.pk}:{story.fact.seq}:{letter.code}:{to.rank}",
        subject=data["subject"][:300],
        number=number_of(story.fact),
        signed_by=signatory.name if signatory else "",
        delegation_id=signatory.delegation_id if signatory else None,
        recipient=to.name[:200],
        postcode=to.postcode,
        language=LANGUAGE,
        fate=_way(story, letter, to),
        made_at=clock.now(),
        data=data,
    )


def _way(story: Story, letter: Letter, to: Addressee) -> str:
    """How the paper leaves. A letter with proof goes by post unless the person agreed to electronic ones (CRPA, art. L112-15)."""
    electronic = bool(to.party_id and to.email) and (not letter.registered or story.values.get("electronic_letters") is True)
    if electronic:
        return Paper.Fate.MAILED
    return Paper.Fate.WAITING if to.lines or to.rank else Paper.Fate.KEPT


def set_alone(paper: Paper) -> None:
    """Set a paper in a file of its own, tagged, and keep it; what it was set from is no longer needed."""
    done = typeset([paper.data])
    paper.file, paper.sha256 = keep(paper.case_id, paper.key, done.pdf)
    paper.pages, paper.data = done.pages, None


def content_of(paper: Paper) -> bytes:
    """The file as it was sent; of a paper that still waits, what will be printed. Raises FileNotFoundError where it was removed."""
    if paper.file:
        return path_of(paper.file).read_bytes()
    if paper.data is None:
        raise FileNotFoundError(paper.key)
    return typeset([paper.data]).pdf


def papers_for_applicant(case: Case) -> list[Paper]:
    """The papers that the applicant was sent, newest first: those of others named by the form, and copies, are not theirs."""
    return papers_for_applicants([case])


def papers_for_applicants(cases: Sequence[Case]) -> list[Paper]:
    """The same of several cases, in one query."""
    by_case = {case.pk: case for case in cases}
    found = Paper.objects.filter(case__in=list(by_case), rank=0).exclude(subject="").defer("data").order_by("-pk")
    return [paper for paper in found if not _is_for_others(paper, by_case[paper.case_id])]


def _is_for_others(paper: Paper, case: Case) -> bool:
    letters = {letter.code: letter for letter in get_service(case.service, case.definition).letters}
    return paper.letter in letters and bool(letters[paper.letter].to)


def mark_read(paper: Paper) -> None:
    """Its addressee opened it: the proof that delays may run from."""
    Paper.objects.filter(pk=paper.pk, read_at=None).update(read_at=clock.now())
    Paper.objects.filter(pk=paper.pk, fate=Paper.Fate.MAILED).update(fate=Paper.Fate.READ)


def find_altered() -> Iterator[str]:
    """The files of papers that are missing, or whose content is not the one that was sent."""
    kept = Paper.objects.exclude(file="").order_by("pk").values_list("key", "file", "sha256")
    for key, name, digest in kept.iterator():
        path = path_of(name)
        if not path.exists() or hashlib.sha256(path.read_bytes()).hexdigest() != digest:
            yield f"{key} {name}"


def _announce(papers: Sequence[Paper], stories: dict[tuple[int, int], Story]) -> None:
    """A mail to who gave an address, and to who asks together with them: the paper is on the page of the case."""
    fellows: dict[int, list[Party]] = {}
    for one in Party.objects.filter(case_id__in=[p.case_id for p in papers], role=Party.FELLOW, notify=True).exclude(email=""):
        fellows.setdefault(one.case_id, []).append(one)
    mails = []
    for paper in papers:
        story = stories[paper.case_id, paper.seq]
        mails.append(_mail_of(paper, story, story.author, f"{paper.key}:mail"))
        mails += [_mail_of(paper, story, one, f"{paper.key}:mail:{one.pk}") for one in fellows.get(paper.case_id, ())]
        paper.sent_at = paper.made_at
    Paper.objects.bulk_update(papers, ["sent_at"])
    queue_mails(mails)


def _mail_of(paper: Paper, story: Story, party: Party, key: str) -> Mail:
    with override(party.language):
        return Mail(
            case_id=paper.case_id,
            seq=paper.seq,
            party=party,
            to=party.email,
            language=party.language,
            subject=_("%(authority)s: a letter about your request %(code)s")
            % {"authority": story.house.authority, "code": story.case.code},
            body=_(
                "A letter for you is on the page of your request:\n\n%(link)s\n\nSubject: %(subject)s\n\nOpen it there, keep it, "
                "print it if you like. It is sent on paper to those who ask."
            )
            % {"link": follow_link(story.case.code), "subject": paper.subject},
            key=key,
        )
