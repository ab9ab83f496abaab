"""What coordinators and administrators answer: objections, and whether somebody with an interest may judge; and
what they know of interests."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.registry import roles
from accreditation_engine.organisations.models import RoleGrant, User
from accreditation_engine.organisations.roles import in_force
from accreditation_engine.portal.tried import typed_in, wrong_in
from accreditation_engine.reviews.interests.known import codes_of, known_interests
from accreditation_engine.reviews.interests.models import Interest, Objection, Override, TieWithdrawal
from accreditation_engine.reviews.interests.naming import NAMED_BY
from accreditation_engine.reviews.interests.ties import taken_back
from accreditation_engine.reviews.interests.words import interest_title, interests_in_words

from .asking import Asking
from .organisation import objection_badge
from .own import withdrawal_badge
from .said import said_with

PROPOSE = "propose"


def desk(asking: Asking) -> dict[str, Any]:
    """All of it, in nine queries. Administrators see what they answer, auditors what they read."""
    dossier, sees_all = asking.dossier, asking.coordinates or asking.audits
    objections = list(_objections(dossier)) if sees_all else []
    interests = list(_interests(dossier)) if sees_all else []
    overrides = list(_overrides(dossier))
    withdrawals = list(_withdrawals(dossier)) if sees_all else []
    own = [each for each in interests if each.dossier_id == dossier.pk]
    answered = [*objections, *overrides, *withdrawals]
    numbers = [*(each.seq for each in [*own, *answered]), *(each.answered_seq for each in answered)]
    said = said_with(dossier, numbers)
    return {
        "objections": [_objection(asking, each, said) for each in objections],
        "interests": [_interest(dossier, each, said) for each in interests],
        "withdrawals": [_withdrawal(asking, each, said) for each in withdrawals],
        "overrides": [_override(asking, each, said) for each in overrides],
        "propose": _proposing(asking, overrides) if asking.coordinates else None,
    }


def _objections(dossier: Dossier) -> Any:
    return Objection.objects.filter(dossier=dossier).select_related("reviewer").order_by("-pk")


def _interests(dossier: Dossier) -> Any:
    """Declared for this file of the organisation or for another."""
    rows = Interest.objects.filter(dossier__organisation=dossier.organisation_id)
    rows = rows.annotate(taken_back=taken_back())
    return rows.select_related("person", "dossier").order_by("-declared_at", "-pk")


def _withdrawals(dossier: Dossier) -> Any:
    people = ("person", "answered_by", "interest")
    return TieWithdrawal.objects.filter(dossier=dossier).select_related(*people).order_by("-pk")


def _overrides(dossier: Dossier) -> Any:
    people = ("person", "proposed_by", "answered_by")
    return Override.objects.filter(dossier=dossier).select_related(*people).order_by("-pk")


def _objection(asking: Asking, objection: Objection, said: dict[int, str]) -> dict[str, Any]:
    return {
        **_to_answer(asking, objection, said, answer_form(objection.pk)),
        "name": str(objection.reviewer),
        "at": objection.made_at,
        "badge": objection_badge(objection),
        "may_answer": asking.coordinates and objection.answered_at is None,
    }


def _to_answer(
    asking: Asking, asked: Objection | TieWithdrawal | Override, said: dict[int, str], form: str
) -> dict[str, Any]:
    """Why it was asked, what was answered, and what was typed into the `form` of the answer."""
    return {
        "pk": asked.pk,
        "reason": said.get(asked.seq, ""),
        "answered_at": asked.answered_at,
        "answer": said.get(asked.answered_seq or 0, ""),
        "typed": typed_in(asking.tried, form, "reason"),
        "error": wrong_in(asking.tried, form),
    }


def _interest(dossier: Dossier, interest: Any, said: dict[int, str]) -> dict[str, Any]:
    here = interest.dossier_id == dossier.pk
    by = _("named by the organisation") if interest.role == NAMED_BY else _("declared by themselves")
    return {
        "name": str(interest.person) if interest.person else _("somebody not known here"),
        "title": interest_title(interest.kind),
        "by": by,
        "at": interest.declared_at,
        "text": said.get(interest.seq, "") if here else "",
        "badge": {"title": _("interest taken back"), "tone": "neutral"} if interest.taken_back else None,
        "elsewhere": "" if here else interest.dossier.number,
    }


def _withdrawal(asking: Asking, withdrawal: TieWithdrawal, said: dict[int, str]) -> dict[str, Any]:
    waits, mine = withdrawal.answered_at is None, withdrawal.person_id == asking.person.pk
    return {
        **_to_answer(asking, withdrawal, said, withdrawal_answer_form(withdrawal.pk)),
        "name": str(withdrawal.person),
        "title": interest_title(withdrawal.interest.kind),
        "at": withdrawal.asked_at,
        "badge": withdrawal_badge(withdrawal),
        "answered_by": str(withdrawal.answered_by) if withdrawal.answered_by else "",
        "may_answer": waits and asking.coordinates and not mine,
    }


def _override(asking: Asking, override: Override, said: dict[int, str]) -> dict[str, Any]:
    mine = override.proposed_by_id == asking.person.pk
    waits = override.answered_at is None
    return {
        **_to_answer(asking, override, said, override_form(override.pk)),
        "name": str(override.person),
        "interests": interests_in_words(override.interests),
        "badge": _badge(override),
        "proposed_by": str(override.proposed_by),
        "at": override.proposed_at,
        "answered_by": str(override.answered_by) if override.answered_by else "",
        "may_answer": waits and asking.answers and not mine and override.person_id != asking.person.pk,
        "mine": waits and mine,
    }


def _badge(override: Override) -> dict[str, str]:
    if override.answered_at is None:
        return {"title": _("waits for a second person"), "tone": "coordinator"}
    return (
        {"title": _("allowed"), "tone": "warning"}
        if override.allowed
        else {"title": _("not allowed"), "tone": "neutral"}
    )


def _proposing(asking: Asking, overrides: list[Override]) -> dict[str, Any]:
    """The form, with those whose interests somebody could allow. Two queries."""
    waiting = {each.person_id for each in overrides if each.answered_at is None}
    people = [
        each for each in _handling(asking.dossier) if each.pk not in waiting and each.pk != asking.person.pk
    ]
    standing = known_interests(asking.dossier, people) if people else {}
    chosen = typed_in(asking.tried, PROPOSE, "person")
    options = []
    for each in people:
        barring = standing[each.pk].barring
        if barring and not any(known.final for known in barring):
            label = f"{each} ({interests_in_words(codes_of(barring))})"
            options.append({"value": str(each.pk), "label": label, "chosen": str(each.pk) == chosen})
    return {
        "people": options,
        "reason": typed_in(asking.tried, PROPOSE, "reason"),
        "error": wrong_in(asking.tried, PROPOSE),
        "open": bool(asking.tried and asking.tried.form == PROPOSE),
    }


def _handling(dossier: Dossier) -> list[User]:
    """Who plays a part under the scheme that an interest closes."""
    names = [name for name, role in roles.items() if role.barred is not None]
    grants = RoleGrant.objects.filter(
        in_force(), Q(scheme="") | Q(scheme=dossier.scheme), user=OuterRef("pk"), role__in=names
    )
    return list(User.objects.filter(Exists(grants), is_active=True).order_by("name", "pk"))


def answer_form(objection: int) -> str:
    return f"answer-{objection}"


def withdrawal_answer_form(withdrawal: int) -> str:
    return f"withdrawal-{withdrawal}"


def override_form(override: int) -> str:
    return f"override-{override}"
