"""Who is told by mail of interests, objections and overrides: in the transaction of what happened."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.acting import Person
from accreditation_engine.engine.isolates import isolate, isolated
from accreditation_engine.organisations.letters.models import Letter
from accreditation_engine.organisations.letters.readers import Addressee, people_by_subject
from accreditation_engine.organisations.letters.told import Readings, Told, reading_of, told_in_mail
from accreditation_engine.organisations.letters.writing import ToWrite, write
from accreditation_engine.organisations.models import User
from accreditation_engine.reviews.models import Assignment

INTEREST, OBJECTION = "interest_declared", "objection_made"
ANSWER, TAKEN = "objection_answered", "review_taken"
PROPOSAL, ANSWERED = "override_proposed", "override_answered"
NAMED, ROLE_OVER = "reviewer_named", "reviewers_role_over"
WITHDRAWAL, WITHDRAWAL_ANSWERED = "tie_withdrawal_asked", "tie_withdrawal_answered"
COORDINATOR, APPLICANT, REVIEWER, ADMINISTRATOR = "coordinator", "applicant", "reviewer", "administrator"


def tell_of_interest(dossier: Dossier, by: User) -> None:
    """Coordinators: somebody has an interest, and a place may be open again."""
    _write(dossier, INTEREST, COORDINATOR, by)


def tell_of_role_over(dossier: Dossier, by: Person) -> None:
    """Coordinators: a reviewer's role has ended, and the place is open again."""
    _write(dossier, ROLE_OVER, COORDINATOR, by)


def tell_of_objection(dossier: Dossier, by: User) -> None:
    """Coordinators, who answer it."""
    _write(dossier, OBJECTION, COORDINATOR, by, urgent=True)


def tell_of_answer(dossier: Dossier, reviewer: User, by: User, *, taken: bool) -> None:
    """The organisation; and the reviewer, for whom the dossier may exist no more."""
    _write(dossier, ANSWER, APPLICANT, by)
    who = Addressee(reviewer.pk, reviewer.digest)
    if taken:
        write([ToWrite(who.person, who.digest, TAKEN, facts={"number": dossier.number})])
    else:
        write([_letter(dossier, ANSWER, REVIEWER, who)])


def tell_of_withdrawal(dossier: Dossier, by: User) -> None:
    """Coordinators, one of whom answers."""
    _write(dossier, WITHDRAWAL, COORDINATOR, by)


def tell_of_withdrawal_answered(dossier: Dossier, person: User, *, confirmed: bool) -> None:
    """Whoever declared the tie: the file need not exist for them, so it is named by its number."""
    facts = {"number": dossier.number, "confirmed": confirmed}
    write([ToWrite(person.pk, person.digest, WITHDRAWAL_ANSWERED, facts=facts)])


def tell_of_proposal(dossier: Dossier, by: User) -> None:
    """Everybody who may be the second person."""
    _write(dossier, PROPOSAL, COORDINATOR, by)
    _write(dossier, PROPOSAL, ADMINISTRATOR, by)


def tell_of_override(dossier: Dossier, by: User) -> None:
    _write(dossier, ANSWERED, COORDINATOR, by)


def tell_of_reviewer(assignment: Assignment, until: str) -> None:
    """The organisation, which may object until then (a moment in ISO 8601)."""
    facts = {"until": until, "assignment": assignment.pk}
    _write(assignment.dossier, NAMED, APPLICANT, None, facts=facts)


def _write(
    dossier: Dossier,
    kind: str,
    role: str,
    by: Person | None,
    *,
    urgent: bool = False,
    facts: Mapping[str, Any] | None = None,
) -> None:
    """To everybody who plays `role`, but not to whoever did it."""
    people = people_by_subject(Dossier, role, [dossier.pk]).get(dossier.pk, [])
    write(
        _letter(dossier, kind, role, each, urgent=urgent, facts=facts or {})
        for each in people
        if by is None or each.person != by.acting.id
    )


def _letter(
    dossier: Dossier,
    kind: str,
    role: str,
    who: Addressee,
    *,
    urgent: bool = False,
    facts: Mapping[str, Any] | None = None,
) -> ToWrite:
    """What an administrator is told goes without the dossier, which does not exist for them."""
    about = {"number": dossier.number} if role == ADMINISTRATOR else {}
    return ToWrite(
        who.person,
        who.digest,
        kind,
        role="" if about else role,
        dossier=None if about else dossier.pk,
        urgent=urgent,
        facts={**(facts or {}), **about},
    )


def _told(kind: str, sentence: Callable[[Letter], str]) -> None:
    def words(letters: Sequence[Letter], readings: Readings) -> Told:
        return {
            each.pk: sentence(each) for each in letters if each.dossier is None or reading_of(each, readings)
        }

    told_in_mail(kind)(words)


def _proposed(letter: Letter) -> str:
    number = letter.facts.get("number")
    if number:
        words = _(
            "It is proposed to let somebody judge the file %(number)s who has an interest in it. Answer it."
        )
        return words % isolated({"number": number})
    return _(
        "It is proposed to let somebody judge the file who has an interest in it. A second person answers."
    )


@told_in_mail(NAMED)
def _told_of_reviewers(letters: Sequence[Letter], readings: Readings) -> Told:
    """Of those who review still. One query."""
    asked = [each.facts["assignment"] for each in letters if "assignment" in each.facts]
    gone = set(
        Assignment.objects.filter(pk__in=asked, released_at__isnull=False).values_list("pk", flat=True)
    )
    return {
        each.pk: _named(each)
        for each in letters
        if each.facts.get("assignment") not in gone and reading_of(each, readings)
    }


def _named(letter: Letter) -> str:
    moment = parse_datetime(letter.facts["until"])
    day = isolate(date_format(localtime(moment), "j F Y")) if moment else ""
    return _("A reviewer is named. You may object, with a reason, until %(day)s.") % {"day": day}


def _withdrawn(letter: Letter) -> str:
    words = (
        _("It is confirmed that your interest in the file %(number)s was declared by mistake.")
        if letter.facts["confirmed"]
        else _("The interest that you declared in the file %(number)s stands: taking it back was refused.")
    )
    return words % isolated({"number": letter.facts["number"]})


def _taken(letter: Letter) -> str:
    words = _(
        "The review of the file %(number)s was taken from you: the organisation's objection was upheld."
    )
    return words % isolated(letter.facts)


_told(INTEREST, lambda letter: _("An interest was declared. Look whether a reviewer is missing now."))
_told(
    ROLE_OVER,
    lambda letter: _("A reviewer's role has ended, and their review is open again. See who takes it."),
)
_told(OBJECTION, lambda letter: _("The organisation objects to a reviewer. Answer it."))
_told(ANSWER, lambda letter: _("The objection to a reviewer was answered."))
_told(
    TAKEN,
    lambda letter: (
        _("The review of the file %(number)s was taken from you: the organisation's objection was upheld.")
        % isolated(letter.facts)
    ),
)
_told(WITHDRAWAL, lambda letter: _("Somebody takes back an interest that they had declared. Answer it."))
_told(WITHDRAWAL_ANSWERED, _withdrawn)
_told(PROPOSAL, _proposed)
_told(ANSWERED, lambda letter: _("It was answered whether somebody with an interest may judge the file."))
