"""Who may do what with a dossier beside its transitions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db.models import UUIDField, Value
from django.utils import timezone

from accreditation_engine.engine.acting import Person, actor_of
from accreditation_engine.engine.compiled import compiled
from accreditation_engine.engine.judging import deadline_passed
from accreditation_engine.engine.models import Subject
from accreditation_engine.engine.parts import Parts, parts_for, parts_in_sql, parts_of
from accreditation_engine.engine.reasons import Reason, Refused

from .models import Dossier


def roles_of(person: Person, dossier: Dossier) -> frozenset[str]:
    """Every role that `person` plays for `dossier` now, open to them or not. One query."""
    return parts_in(person, dossier).played


def parts_in(person: Person, dossier: Dossier, *names: str) -> Parts:
    """The parts that `person` plays for `dossier` now, of those with these `names` or of all. One query."""
    return parts_for(Dossier, [dossier.pk], _id_of(person), names or None).get(dossier.pk, Parts())


def parts_in_many(person: Person, dossiers: list[Dossier]) -> dict[UUID, Parts]:
    """All parts for many dossiers, by id. One query, none for none."""
    return parts_for(Dossier, [each.pk for each in dossiers], _id_of(person))


def parts_of_people(people: Sequence[Person], dossier: Dossier, *names: str) -> dict[UUID, Parts]:
    """The parts with these `names`, or all, that many people play for one dossier, by their ids. One query, none
    for none."""
    rows = [
        Dossier.objects.filter(pk=dossier.pk).annotate(
            whose=Value(user, UUIDField()), **parts_in_sql(Dossier, user, names or None)
        )
        for user in map(_id_of, people)
    ]
    found: Iterable[Any] = rows[0].union(*rows[1:], all=True) if rows else []
    return {each.whose: parts_of(each, names or None) for each in found}


def _id_of(person: Person) -> UUID:
    user = actor_of(person).id
    assert user is not None  # noqa: S101 - only people have roles
    return user


def require_member(dossier: Dossier, person: Person) -> None:
    """Raises Refused for anybody who does not act for the dossier's organisation."""
    require_role(dossier, person, "applicant")


def require_role(dossier: Dossier, person: Person, *wanted: str) -> str:
    """The first of the `wanted` roles that `person` plays for `dossier` and in which they may act. Raises Refused
    when there is none: with what closes it, where there is one that is closed."""
    parts = parts_in(person, dossier, *wanted)
    for role in wanted:
        if role in parts.acting:
            return role
    closed = [role for role in wanted if role in parts.played]
    raise Refused(parts.against(closed[0]) if closed else [Reason("not_your_role", {"roles": list(wanted)})])


def guarded_by(subject: Subject, guard: str) -> bool:
    """Whether a step that asks for `guard` leaves the subject's state: then what it judges is still open."""
    scheme = compiled(subject.edition_id)
    leaving = scheme.workflow.leaving(subject.state)
    return any(each.name == guard for name in leaving for each in scheme.steps[name].guards)


def answers_open(dossier: Dossier) -> list[Reason]:
    """Reasons why the self-assessment cannot be changed now; none while the step that judges it lies ahead."""
    return _open_for(dossier, "self_assessment_complete")


def code_open(dossier: Dossier) -> list[Reason]:
    """The same for accepting the code of conduct."""
    return _open_for(dossier, "code_of_conduct_accepted")


def _open_for(dossier: Dossier, guard: str) -> list[Reason]:
    if guarded_by(dossier, guard):
        return deadline_passed(dossier, compiled(dossier.edition_id), timezone.now())
    return [Reason("answers_closed", {"state": dossier.state, "edition": dossier.edition_id})]
