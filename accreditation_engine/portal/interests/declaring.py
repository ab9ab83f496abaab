"""The form with which somebody declares before they read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from accreditation_engine.engine.role_words import role_title
from accreditation_engine.organisations.queries import members_of
from accreditation_engine.portal.tried import Tried, typed_in, wrong_in
from accreditation_engine.reviews.interests.declaring import allowed_interests
from accreditation_engine.reviews.interests.known import KINDS
from accreditation_engine.reviews.interests.models import Declaration
from accreditation_engine.reviews.interests.ties import REVIEWER
from accreditation_engine.reviews.interests.words import interest_title

from .asking import Asking
from .notes import allowed_people

YES, GIVE_BACK = "yes", "give_back"
QUESTIONS: Mapping[str, Callable[[], str]] = {
    "family": lambda: _("Is somebody of your family, or somebody close to you, active in this organisation?"),
    "employer": lambda: _(
        "Do you work for it or for somebody who leads it, or have you within the last two years?"
    ),
    "business": lambda: _("Do you, or does your firm, do business with it or get money from it?"),
    "former_member": lambda: _("Have you ever been a member of it or of its board?"),
    "other": lambda: _("Is there anything else that would make others doubt that you judge it fairly?"),
}


def ties_typed(typed: Mapping[str, str]) -> dict[str, str]:
    """What was said yes to, and how it was explained. Whoever explains a tie says yes to it."""
    return {
        kind: typed.get(f"text-{kind}", "")
        for kind in KINDS
        if typed.get(f"tie-{kind}") == YES or typed.get(f"text-{kind}", "").strip()
    }


def in_words(ties: Mapping[str, str]) -> list[dict[str, str]]:
    """To read once more before they are declared."""
    return [
        {"kind": kind, "title": interest_title(kind), "text": ties[kind]} for kind in KINDS if kind in ties
    ]


def declarations(asking: Asking) -> list[dict[str, Any]]:
    """One form for each part in which the person declares: those that the workflow asks, and for others that an
    interest would close, that of declaring one. Four queries at most."""
    parts = asking.declares
    if not parts:
        return []
    found = Declaration.objects.filter(dossier=asking.dossier, person=asking.person).order_by("pk")
    told = {each.role: each.declared_at for each in found}
    allowed = _allowed(asking) if asking.asked else None
    people = [str(each) for each in members_of(asking.dossier.organisation_id)] if asking.asked else []
    return [
        {
            **_form(asking, role, None if role in asking.parts.undeclared else told.get(role), people),
            "allowed": allowed if role in asking.asked else None,
        }
        for role in parts
    ]


def _allowed(asking: Asking) -> dict[str, Any] | None:
    """With which interests two people have let the reader judge, and who they are. None for all others. Two
    queries, one for all others."""
    override = allowed_people(asking.dossier).get(asking.person.pk)
    if override is None:
        return None
    codes = allowed_interests(asking.dossier, asking.person)
    if not codes:
        return None
    return {
        "known": [interest_title(each) for each in codes],
        "first": str(override.proposed_by),
        "second": str(override.answered_by),
        "at": override.answered_at,
    }


def _form(asking: Asking, role: str, declared_at: Any, people: list[str]) -> dict[str, Any]:
    form, tried = form_of(role), asking.tried
    ties = ties_typed(tried.typed) if tried and tried.form == form else {}
    return {
        "role": role,
        "title": role_title(role),
        "first": role in asking.parts.undeclared,
        "declared_at": declared_at,
        "people": people if role in asking.parts.undeclared else [],
        "error": _whole(tried, form),
        "open": bool(tried and tried.form == form),
        "gives_back": role == REVIEWER and role in asking.parts.undeclared,
        "leaving": bool(tried and tried.form == GIVE_BACK),
        "reason": typed_in(tried, GIVE_BACK, "reason"),
        "wrong": wrong_in(tried, GIVE_BACK),
        "kinds": [_question(role, kind, ties, tried, form) for kind in KINDS],
    }


def _question(
    role: str, kind: str, ties: Mapping[str, str], tried: Tried | None, form: str
) -> dict[str, Any]:
    wrong = [
        str(each)
        for each in (tried.reasons if tried and tried.form == form else ())
        if each.parameters.get("kind") == kind
    ]
    return {
        "kind": kind,
        "id": f"{role}-{kind}",
        "title": interest_title(kind),
        "question": QUESTIONS[kind](),
        "yes": kind in ties,
        "text": ties.get(kind, ""),
        "error": " ".join(wrong),
    }


def _whole(tried: Tried | None, form: str) -> str:
    """What is wrong with all of it."""
    if tried is None or tried.form != form:
        return ""
    return " ".join(str(each) for each in tried.reasons if "kind" not in each.parameters)


def form_of(role: str) -> str:
    return f"declare-{role}"
