"""Who may do what with a dossier beside its transitions."""

from __future__ import annotations

from django.utils import timezone

from accreditation_engine.engine.acting import Person, actor_of
from accreditation_engine.engine.compiled import compiled
from accreditation_engine.engine.judging import deadline_passed
from accreditation_engine.engine.models import Subject
from accreditation_engine.engine.reasons import Reason, Refused
from accreditation_engine.engine.registry import roles

from .models import Dossier


def roles_of(person: Person, dossier: Dossier) -> frozenset[str]:
    """Every role that `person` plays for `dossier` now. One query."""
    return roles_of_many(person, [dossier]).get(dossier.pk, frozenset())


def roles_of_many(person: Person, dossiers: list[Dossier]) -> dict[object, frozenset[str]]:
    """The same for many dossiers, by id; still one query."""
    user = actor_of(person).id
    assert user is not None  # noqa: S101 - only people have roles
    played = {f"plays_{name}": role.held(Dossier, user) for name, role in roles.items()}
    rows = Dossier.objects.filter(pk__in=[each.pk for each in dossiers]).annotate(**played)
    return {
        row.pk: frozenset(name for name in roles if getattr(row, f"plays_{name}")) for row in rows.only("pk")
    }


def require_member(dossier: Dossier, person: Person) -> None:
    """Raises Refused for anybody who does not act for the dossier's organisation."""
    require_role(dossier, person, "applicant")


def require_role(dossier: Dossier, person: Person, *wanted: str) -> str:
    """The first of the `wanted` roles that `person` plays for `dossier`. Raises Refused when there is none."""
    held = roles_of(person, dossier)
    for role in wanted:
        if role in held:
            return role
    raise Refused([Reason("not_your_role", {"roles": list(wanted)})])


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
