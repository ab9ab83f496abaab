"""What the pages of a step for many files show."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import uuid4

from django.utils.translation import gettext as _

from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.compiled import compiled
from accreditation_engine.engine.isolates import isolated
from accreditation_engine.engine.options import Option
from accreditation_engine.engine.reasons import Reason
from accreditation_engine.engine.words import state_title, transition_title
from accreditation_engine.organisations.models import User
from accreditation_engine.portal.dossier.acts import reason_shown
from accreditation_engine.portal.dossier.reader import language

from .running import FEW
from .steps import AT_ONCE, Outcome, Ticked, asks_for_a_comment, files_for, previewed, steps_offered


def together_page(
    person: User,
    step: str,
    outcome: Outcome | None = None,
    *,
    ticked: Ticked | None = None,
    all_ready: bool = False,
    comment: str = "",
    wrong: Sequence[dict[str, str]] = (),
) -> dict[str, Any]:
    """For portal/together.html. What is `ticked` stays so; where nothing was, nothing is: each file is chosen, or
    `all_ready` of them at once."""
    offered = steps_offered(person)
    waiting = files_for(person, step) if step in offered else None
    files = list(waiting[:AT_ONCE]) if waiting is not None else []
    preview = previewed(person, step, files) if files else []
    return {
        "head": {"title": _("One step for many files")},
        "steps": [
            {"value": name, "title": transition_title(edition, name), "chosen": name == step}
            for name, edition in offered.items()
        ],
        "step": step if step in offered else "",
        "step_title": _step_title(step, offered, outcome, ticked),
        "rows": [_row(each, option, ticked, all_ready=all_ready) for each, option in preview],
        "ready": sum(option is not None and option.open for _file, option in preview),
        "waiting": waiting.count() if waiting is not None else 0,
        "comment": comment,
        "comment_required": asks_for_a_comment(preview),
        "errors": list(wrong),
        "wrong": {each["target"]: each["text"] for each in wrong},
        "done": [each.number for each in outcome.done] if outcome else [],
        "refused": [*_refused(outcome), *moved_on(ticked)] if outcome else [],
        "asked": outcome is not None,
    }


def sure_page(person: User, step: str, ticked: Ticked, *, comment: str, done: str) -> dict[str, Any]:
    """For portal/together_sure.html: what is about to be done, for which files, and what stands against it."""
    preview = previewed(person, step, ticked.waiting)
    return {
        "head": {"title": _("One step for many files")},
        "step": step,
        "step_title": transition_title(ticked.waiting[0].edition_id, step),
        "rows": [_row(each, option, ticked) for each, option in preview],
        "possible": any(option is not None and option.open for _file, option in preview),
        "moved": moved_on(ticked),
        "comment": comment,
        "done_so_far": done,
        "batch": uuid4(),
        "many": len(ticked.waiting) > FEW,
    }


def _step_title(step: str, offered: dict[str, str], outcome: Outcome | None, ticked: Ticked | None) -> str:
    """Also of a step that no file waits for any more, because it was taken for the last of them."""
    if step in offered:
        return transition_title(offered[step], step)
    done = [*(outcome.done if outcome else ()), *(ticked.moved if ticked else ())]
    named = (each.edition_id for each in done if step in compiled(each.edition_id).steps)
    edition = next(named, None)
    return transition_title(edition, step) if edition else ""


def _refused(outcome: Outcome) -> list[dict[str, Any]]:
    return [{"number": each.number, "reasons": _in_words(each, reasons)} for each, reasons in outcome.refused]


def moved_on(ticked: Ticked | None) -> list[dict[str, Any]]:
    """Files that were ticked on a page made before they moved on."""
    words = _("It does not wait for this step any more; it is now in “%(state)s”.")
    return [
        {
            "number": each.number,
            "reasons": [words % isolated({"state": state_title(each.edition_id, each.state)})],
        }
        for each in (ticked.moved if ticked else ())
    ]


def _in_words(dossier: Dossier, reasons: Iterable[Reason]) -> list[str]:
    scheme = compiled(dossier.edition_id)
    return [reason_shown(each, scheme, {})["text"] for each in reasons]


def _row(
    dossier: Dossier, option: Option | None, ticked: Ticked | None, *, all_ready: bool = False
) -> dict[str, Any]:
    reasons = _in_words(dossier, option.reasons) if option else [_("This step is not yours in this file.")]
    target = option.step.definition.to if option else dossier.state
    return {
        "key": str(dossier.pk),
        "number": dossier.number,
        "name": dossier.organisation.name_in(language()),
        "target": state_title(dossier.edition_id, target),
        "reasons": reasons,
        "ticked": dossier in ticked.waiting if ticked else all_ready and not reasons,
    }
