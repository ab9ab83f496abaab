"""One step for many files: thin, from the request to what is done and shown."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.words import state_title, transition_title
from accreditation_engine.organisations.models import User
from accreditation_engine.portal.dossier.reader import language
from accreditation_engine.portal.people import parts_of, signed_in
from accreditation_engine.written import kept_text

from .steps import (
    AT_ONCE,
    COORDINATOR,
    Outcome,
    asks_for_a_comment,
    files_for,
    previewed,
    steps_offered,
    take_together,
)


@require_http_methods(["GET", "HEAD", "POST"])
def together(request: HttpRequest) -> HttpResponse:
    """Choose a step, look at what stands against each file, take it for those that are ticked."""
    person = signed_in(request)
    if COORDINATOR not in parts_of(person):
        raise Http404
    step = kept_text(request.POST.get("step") or request.GET.get("step", ""))
    if request.method != "POST":
        return render(request, "portal/together.html", _page(person, step))
    chosen = set(request.POST.getlist("file"))
    comment = request.POST.get("comment", "")
    files = [each for each in files_for(person, step)[:AT_ONCE] if str(each.pk) in chosen]
    if not files:
        context = _page(person, step, comment=comment, wrong=_("Tick the files for which the step is taken."))
        return render(request, "portal/together.html", context, status=HTTPStatus.CONFLICT)
    outcome = take_together(person, step, files, comment)
    status = HTTPStatus.CONFLICT if outcome.refused else HTTPStatus.OK
    context = _page(person, step, outcome, comment=comment if outcome.refused else "")
    context |= _so_far(request, outcome, context["waiting"])
    return render(request, "portal/together.html", context, status=status)


def _so_far(request: HttpRequest, outcome: Outcome, waiting: int) -> dict[str, Any]:
    """How many files of all are done, over as many pages as it takes: the page carries the number from one to the
    next."""
    typed = request.POST.get("done", "")
    before = int(typed) if typed.isdecimal() and len(typed) < 7 else 0
    done = before + len(outcome.done)
    progress = {"label": _("Done so far"), "value": done, "maximum": max(1, done + waiting)}
    return {"done_so_far": done, "progress": progress}


def _page(
    person: User, step: str, outcome: Outcome | None = None, *, comment: str = "", wrong: str = ""
) -> dict[str, Any]:
    """For portal/together.html."""
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
        "step_title": transition_title(offered[step], step) if step in offered else "",
        "rows": [_row(each, option) for each, option in preview],
        "waiting": waiting.count() if waiting is not None else 0,
        "comment": comment,
        "comment_required": asks_for_a_comment(preview),
        "errors": [{"text": wrong, "target": "files"}] if wrong else [],
        "done": [each.number for each in outcome.done] if outcome else [],
        "refused": [
            {"number": each.number, "reasons": [str(reason) for reason in reasons]}
            for each, reasons in (outcome.refused if outcome else ())
        ],
        "asked": outcome is not None,
    }


def _row(dossier: Dossier, option: Any) -> dict[str, Any]:
    reasons = (
        [str(each) for each in option.reasons] if option else [_("This step is not yours in this file.")]
    )
    target = option.step.definition.to if option else dossier.state
    return {
        "key": str(dossier.pk),
        "number": dossier.number,
        "name": dossier.organisation.name_in(language()),
        "target": state_title(dossier.edition_id, target),
        "reasons": reasons,
    }


urlpatterns = [path("", together, name="together")]
