"""A run and its problems, as the pages show them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accreditation_engine.engine.isolates import isolated
from accreditation_engine.portal.auditor.access import Desk
from accreditation_engine.portal.auditor.road.spent import spent_in_words
from accreditation_engine.portal.identifiers import identifier
from accreditation_engine.trail.models import Event

from .models import VerificationRun
from .problem_words import details_in_words, problem_title
from .running import STOPPED, remaining

Problem = dict[str, Any]


def progress(run: VerificationRun) -> dict[str, Any]:
    """For parts/progress.html, with what is going on now as `stage`."""
    now = timezone.now()
    left = remaining(run, now)
    if run.begun_at is None:
        stage = _("Waits for the worker")
    elif left is not None:
        stage = _("About %(time)s remain for the events") % isolated({"time": spent_in_words(left)})
    elif run.events >= run.total:
        stage = _("Every event is recomputed; now the tables are compared with them")
    else:
        stage = _("Begun")
    return {
        "value": min(run.events, run.total),
        "maximum": max(run.total, 1),
        "label": _("Events recomputed"),
        "words": _("%(percent)s: %(events)s of %(total)s")
        % isolated({"percent": f"{_percent(run)}%", "events": f"{run.events:,}", "total": f"{run.total:,}"}),
        "stage": stage,
    }


def _percent(run: VerificationRun) -> int:
    return min(100 * run.events // run.total, 100) if run.total else 0


def table(runs: Iterable[VerificationRun]) -> dict[str, Any]:
    """For parts/table.html."""
    columns = (_("Asked for"), ""), (_("By whom"), ""), (_("Events"), "number"), (_("Result"), "")
    return {
        "caption": _("Verifications so far"),
        "hide_caption": True,
        "columns": [{"title": title, "kind": kind} for title, kind in columns],
        "rows": [{"cells": _cells(each)} for each in runs],
        "empty": {"icon": "seal", "sentence": _("Nobody has verified the whole trail from here yet.")},
    }


def _cells(run: VerificationRun) -> list[dict[str, Any]]:
    return [
        {"value": run.asked_at, "kind": "moment", "url": reverse("audit_verification_run", args=[run.pk])},
        {"value": who(run)},
        {"value": run.events, "kind": "number"},
        {"badge": badge(run)},
    ]


def who(run: VerificationRun) -> str:
    return str(run.asked_by) if run.asked_by else _("somebody no longer on record")


def badge(run: VerificationRun) -> dict[str, str]:
    if run.open:
        waits = run.begun_at is None
        return {"title": _("Waits") if waits else _("Runs"), "tone": "neutral", "icon": "clock"}
    if run.error:
        return {"title": _("Broke off"), "tone": "warning", "icon": "info"}
    if run.right:
        return {"title": _("All as it was written"), "tone": "good", "icon": "check"}
    wrong = run.found + len(run.unprotected)
    words = ngettext("%(count)d problem", "%(count)d problems", wrong) % isolated({"count": wrong})
    return {"title": words, "tone": "bad", "icon": "stop"}


def verdict(run: VerificationRun) -> dict[str, Any] | None:
    """For parts/notice.html: what came of it and what to do; None while it runs."""
    if run.open:
        return None
    if run.error == STOPPED:
        text = _("The worker stopped before it was done. Press the button again.")
        return {"kind": "warning", "title": _("Broke off"), "text": text}
    if run.error:
        text = _("An error ended it (%(error)s); the log of the worker says more. Tell the administrator.")
        return {"kind": "warning", "title": _("Broke off"), "text": text % isolated({"error": run.error})}
    if run.right:
        text = _(
            "Every hash, link, comment and name was recomputed, and every table follows from the events."
        )
        return {"kind": "success", "title": _("All as it was written"), "text": text}
    text = _("Keep this page and the latest checkpoint that you have, and tell the administrator.")
    return {"kind": "refusal", "title": _("Something is not as it was written"), "text": text}


def problems(desk: Desk, run: VerificationRun) -> tuple[list[Problem], int]:
    """Those that are kept and that belong to what the auditor may see, each with its event where there is one;
    and how many are kept but hidden. At most three queries."""
    seen = _streams_seen(desk, run)
    shown = [each for each in _told(run) if each["stream"] in seen]
    return shown, len(run.problems) - len(shown)


def _told(run: VerificationRun) -> Iterator[Problem]:
    words = details_in_words(
        {each for stream, _seq, _code, detail in run.problems for each in (stream, detail)}
    )
    for stream, seq, code, detail in run.problems:
        url = reverse("audit_event", args=[stream, seq]) if seq and identifier(stream) else ""
        said = {"title": problem_title(code), "detail": words[detail], "called": words[stream]}
        yield {**said, "stream": stream, "seq": seq, "url": url}


def _streams_seen(desk: Desk, run: VerificationRun) -> set[str]:
    """Streams of problems that the auditor may read of. What belongs to no stream is for those who audit all."""
    named = {str(each[0]) for each in run.problems}
    keys = {each: found for each in named if (found := identifier(each))}
    there = set(Event.objects.filter(stream__in=keys.values()).values_list("stream", flat=True).distinct())
    seen = set(desk.events().filter(stream__in=there).values_list("stream", flat=True).distinct())
    homeless = {each for each in named if keys.get(each) not in there} if desk.schemes is None else set()
    return homeless | {each for each, key in keys.items() if key in seen}
