"""Opening a dossier and working on its self-assessment."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from accreditation_engine.engine.acting import SYSTEM, Person, actor_of
from accreditation_engine.engine.compiled import Compiled, compiled
from accreditation_engine.engine.opening import current_edition, open_subjects
from accreditation_engine.engine.reasons import Reason, Refused
from accreditation_engine.engine.recording import record
from accreditation_engine.engine.serials import next_numbers
from accreditation_engine.organisations.models import Organisation
from accreditation_engine.organisations.roles import acts_for
from accreditation_engine.trail.content import Actor
from accreditation_engine.trail.salted import new_salt
from accreditation_engine.written import kept_text

from .models import Answer, Dossier
from .rules import answers_open, code_open, require_member
from .typed import Criterion, by_rubric, kept_ratings, rating_problems, text_digests, unlike_texts


@dataclass(frozen=True)
class Given:
    """One answer as typed: `rating` a number or word as text, "" while open; `narrative` free text."""

    rating: str = ""
    narrative: str = ""


def open_dossier(
    *, organisation: Organisation, scheme: str, by: Person | Actor, renews: Dossier | None = None
) -> Dossier:
    """Open a file for `organisation` under the scheme's current edition; it `renews` an earlier one, or none.

    Raises Refused when it has one that is not finished yet, when the scheme is not open, or when `by` is a person
    who does not act for it.
    """
    who = actor_of(by)
    if who != SYSTEM and not acts_for(who.id, organisation):
        raise Refused([Reason("not_your_role", {"roles": ["applicant"]})])
    with transaction.atomic():
        Organisation.objects.select_for_update().get(pk=organisation.pk)
        unfinished = [each for each in _of(organisation, scheme) if not is_final(each)]
        if unfinished:
            raise Refused([Reason("already_open", {"number": unfinished[0].number})])
        return open_dossiers(organisations=[organisation], scheme=scheme, by=by, renews=renews)[0]


def open_dossiers(
    *,
    organisations: Iterable[Organisation],
    scheme: str,
    by: Person | Actor,
    role: str = "applicant",
    renews: Dossier | None = None,
) -> list[Dossier]:
    """Open a file for each organisation, without asking whether it has one. A constant number of queries."""
    wanted, edition = list(organisations), current_edition(scheme)
    if compiled(edition).workflow.subject != "dossier":
        raise Refused([Reason("scheme_not_open", {"scheme": scheme})])
    with transaction.atomic():
        series = f"{initials(scheme)}-{timezone.localdate().year}"
        numbers = next_numbers(series, len(wanted))
        now = timezone.now()
        dossiers = [
            Dossier(
                edition_id=edition,
                scheme=scheme,
                organisation=organisation,
                number=f"{series}-{number:04d}",
                opened_at=now,
                renews=renews,
            )
            for organisation, number in zip(wanted, numbers, strict=True)
        ]
        return list(open_subjects(dossiers, by, role=role))


def initials(scheme: str) -> str:
    """institutional-commitment -> IC."""
    return "".join(part[0] for part in scheme.replace("_", "-").split("-")).upper()


def is_final(dossier: Dossier) -> bool:
    return compiled(dossier.edition_id).workflow.states[dossier.state].final


def accept_code(*, dossier: Dossier, by: Person) -> None:
    """The organisation accepts the code of conduct. Saying so twice changes nothing. Raises Refused when no step
    ahead asks for it."""
    with transaction.atomic():
        locked = locked_row(dossier)
        require_member(locked, by)
        reasons = code_open(locked)
        if reasons:
            raise Refused(reasons)
        if locked.code_accepted_at is None:
            moment = timezone.now()
            Dossier.objects.filter(pk=dossier.pk).update(code_accepted_at=moment)
            record(dossier.pk, "code_accepted", by, role="applicant", edition=dossier.edition_id)
            dossier.code_accepted_at = moment


def save_answers(*, dossier: Dossier, answers: Mapping[Criterion, Given], by: Person) -> list[Criterion]:
    """Keep what the organisation has answered; give the criteria whose answer changed.

    Answers not mentioned stay. Raises Refused, with nothing saved, when a criterion is unknown, a rating is
    not on its scale, a narrative is endless, or the self-assessment is closed.
    """
    with transaction.atomic():
        locked = locked_row(dossier)
        require_member(locked, by)
        scheme = compiled(locked.edition_id)
        reasons = [
            *answers_open(locked),
            *rating_problems(scheme, {key: each.rating for key, each in answers.items()}),
            *_unlike_answers(answers),
        ]
        if reasons:
            raise Refused(reasons)
        changed = _changed(locked, _kept(scheme, answers))
        if changed:
            salts = {key: new_salt() for key in changed}
            write_answers(locked, changed, salts)
            narratives = {key: each.narrative for key, each in changed.items()}
            record(
                dossier.pk,
                "answers_saved",
                by,
                role="applicant",
                edition=locked.edition_id,
                data={
                    "answers": by_rubric({key: given.rating for key, given in changed.items()}),
                    "narratives": text_digests(narratives, salts),
                },
            )
    return list(changed)


def _unlike_answers(answers: Mapping[Criterion, Given]) -> list[Reason]:
    """What no organisation says of itself: that it could not verify; and what nobody would read to the end."""
    unverified = [name for (_, name), each in answers.items() if each.rating.strip() == "unable_to_verify"]
    reasons = unlike_texts({key: each.narrative for key, each in answers.items()})
    if unverified:
        reasons.append(Reason("reviewers_word", {"criteria": unverified, "count": len(unverified)}))
    return reasons


def _of(organisation: Organisation, scheme: str) -> Iterable[Dossier]:
    return Dossier.objects.filter(organisation=organisation, scheme=scheme)


def locked_row(dossier: Dossier) -> Dossier:
    """The dossier as it stands now, locked until the transaction ends: what a page holds may be old."""
    return Dossier.objects.select_for_update().get(pk=dossier.pk)


def _kept(scheme: Compiled, answers: Mapping[Criterion, Given]) -> dict[Criterion, Given]:
    ratings = kept_ratings(scheme, {key: given.rating for key, given in answers.items()})
    return {key: Given(ratings[key], kept_text(given.narrative)) for key, given in answers.items()}


def _changed(dossier: Dossier, answers: Mapping[Criterion, Given]) -> dict[Criterion, Given]:
    kept = {
        (each.rubric, each.criterion): Given(each.rating, each.narrative) for each in dossier.answers.all()
    }
    return {key: given for key, given in answers.items() if given != kept.get(key, Given())}


def write_answers(
    dossier: Dossier,
    changed: Mapping[Criterion, Given],
    salts: Mapping[Criterion, str],
    *,
    carried: bool = False,
) -> None:
    """Into their rows; the event is the caller's."""
    now = timezone.now()
    Answer.objects.bulk_create(
        [
            Answer(
                dossier=dossier,
                rubric=rubric,
                criterion=criterion,
                rating=given.rating,
                narrative=given.narrative,
                narrative_salt=salts[rubric, criterion],
                carried=carried,
                updated_at=now,
            )
            for (rubric, criterion), given in changed.items()
        ],
        update_conflicts=True,
        unique_fields=["dossier", "rubric", "criterion"],
        update_fields=["rating", "narrative", "narrative_salt", "carried", "updated_at"],
    )
