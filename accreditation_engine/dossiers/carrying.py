"""A file that renews begins with the answers and documents of the one before it. Nobody has looked at them yet:
each answer says so until the organisation confirms or changes it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction

from accreditation_engine.engine.compiled import Compiled, compiled
from accreditation_engine.engine.reasons import Refused
from accreditation_engine.engine.recording import record
from accreditation_engine.organisations.models import User
from accreditation_engine.trail.salted import new_salt

from .domain import Given, locked_row, open_dossier, write_answers
from .evidence import file_stored
from .models import Answer, Dossier
from .queries import own_evidence_of
from .rules import answers_open, require_member
from .stored_files import stored_otherwise
from .typed import Criterion, by_rubric, kept_ratings, rating_problems, text_digests

CARRIED, CONFIRMED = "answers_carried", "answers_confirmed"


@dataclass(frozen=True)
class Renewal:
    """The file that was opened, and how many answers and documents came over from the one before."""

    dossier: Dossier
    answers: int
    files: int


def open_renewal(*, earlier: Dossier, certificate: str, by: User) -> Renewal:
    """Open a file that renews what `earlier` came to, the certificate of this number, under the scheme's current
    edition. Answers come over by criterion; what the edition does not ask any more stays behind, and a rating that
    its scale does not know is left open. Documents are filed again where their content still lies. What was erased
    by law does not come back.

    Raises Refused as `open_dossier` does.
    """
    with transaction.atomic():
        dossier = open_dossier(
            organisation=earlier.organisation, scheme=earlier.scheme, by=by, renews=earlier
        )
        answers = _carry_answers(dossier, earlier, certificate, by)
        return Renewal(dossier, answers, _carry_files(dossier, earlier, by))


def _carry_answers(dossier: Dossier, earlier: Dossier, certificate: str, by: User) -> int:
    scheme = compiled(dossier.edition_id)
    asked = asked_of(scheme)
    given = {
        (each.rubric, each.criterion): _as_it_fits(scheme, each)
        for each in earlier.answers.all()
        if (each.rubric, each.criterion) in asked and (each.rating or each.narrative)
    }
    if not given:
        return 0
    salts = {key: new_salt() for key in given}
    write_answers(dossier, given, salts, carried=True)
    record(
        dossier.pk,
        CARRIED,
        by,
        role="applicant",
        edition=dossier.edition_id,
        data={
            "from": str(earlier.pk),
            "certificate": certificate,
            "answers": by_rubric({key: each.rating for key, each in given.items()}),
            "narratives": text_digests({key: each.narrative for key, each in given.items()}, salts),
        },
    )
    return len(given)


def asked_of(scheme: Compiled) -> frozenset[Criterion]:
    """The criteria that an edition asks an organisation about."""
    return frozenset(
        (rubric.id, each.id) for rubric in scheme.asked.values() for each in rubric.every_criterion()
    )


def _as_it_fits(scheme: Compiled, answer: Answer) -> Given:
    key = (answer.rubric, answer.criterion)
    rating = answer.rating
    if rating_problems(scheme, {key: rating}):
        return Given("", answer.narrative)
    return Given(kept_ratings(scheme, {key: rating})[key], answer.narrative)


def _carry_files(dossier: Dossier, earlier: Dossier, by: User) -> int:
    takes = {
        (rubric.id, each.id)
        for rubric in compiled(dossier.edition_id).asked.values()
        for each in rubric.every_criterion()
        if each.evidence != "none"
    }
    files = [
        each
        for key, files in own_evidence_of(earlier).items()
        if key in takes
        for each in files
        if each.name and each.content_erased_at is None
    ]
    there = [each for each in files if not stored_otherwise(str(each.file.name), size=each.size)]
    for each in there:
        file_stored(dossier=dossier, earlier=each, by=by)
    return len(there)


def confirm_answers(*, dossier: Dossier, criteria: Collection[Criterion], by: User) -> list[Criterion]:
    """The organisation has looked at these answers that were carried over, and they still hold; gives those that
    were not confirmed before. Twice is once. Raises Refused while the self-assessment is closed."""
    with transaction.atomic():
        locked = locked_row(dossier)
        require_member(locked, by)
        if reasons := answers_open(locked):
            raise Refused(reasons)
        rows = [
            each
            for each in Answer.objects.filter(dossier=locked, carried=True).order_by("rubric", "criterion")
            if (each.rubric, each.criterion) in criteria
        ]
        if rows:
            Answer.objects.filter(pk__in=[each.pk for each in rows]).update(carried=False)
            confirmed: dict[str, list[str]] = {}
            for each in rows:
                confirmed.setdefault(each.rubric, []).append(each.criterion)
            record(
                locked.pk,
                CONFIRMED,
                by,
                role="applicant",
                edition=locked.edition_id,
                data={"criteria": confirmed},
            )
        return [(each.rubric, each.criterion) for each in rows]
