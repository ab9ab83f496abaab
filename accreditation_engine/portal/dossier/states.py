"""States in words and colours, for one reader."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from accreditation_engine.certificates.upkeep.subject import SATISFIED
from accreditation_engine.definitions.workflow import State
from accreditation_engine.engine.compiled import Compiled
from accreditation_engine.engine.registry import roles
from accreditation_engine.engine.role_words import role_title
from accreditation_engine.engine.words import state_title, words_for_applicants

TONES = {"appeal_panel": "panel"}
CERTIFIES = "issue_certificate"
GRANTS = frozenset({CERTIFIES, "change_scope"})
"""Effects of steps that give what was asked for."""


def shown_title(scheme: Compiled, state: str, *, outside: bool) -> str:
    with words_for_applicants(outside):
        return state_title(scheme.edition, state)


def state_badge(scheme: Compiled, state: str, *, outside: bool) -> dict[str, Any]:
    return {
        "title": shown_title(scheme, state, outside=outside),
        "tone": tone(scheme, state, outside=outside),
    }


def tone(scheme: Compiled, state: str, *, outside: bool) -> str:
    """Whom a state waits for, or how it ended. To applicants all that goes on inside the body looks alike."""
    known = scheme.workflow.states[state]
    if known.final:
        return _ending(scheme, state)
    if outside:
        return "applicant" if known.waits_for == "applicant" else "coordinator"
    return TONES.get(known.waits_for or "", known.waits_for or "system")


def _ending(scheme: Compiled, state: str) -> str:
    subject = scheme.workflow.subject
    if (subject, state) == ("upkeep", SATISFIED):  # the panel finds so as well, and takes nothing
        return "good"
    into = [step for step in scheme.steps.values() if step.definition.to == state]
    if any(effect.name in GRANTS for step in into for effect in step.effects):
        return "good"
    judged = any(
        roles[role].judges == "deciding" for step in into for role in step.definition.by if role in roles
    )
    return "bad" if judged else "neutral"


def waits_for(state: State, *, outside: bool) -> str:
    """Whom a state waits for, in words; "" for nobody."""
    if state.waits_for is None:
        return ""
    if outside:
        return _("your organisation") if state.waits_for == "applicant" else _("the accrediting body")
    return role_title(state.waits_for)


def deadline_shown(state: State, *, outside: bool) -> bool:
    """The body's own deadlines are not the applicant's business."""
    return not outside or state.waits_for == "applicant"
