"""Where a file stands, in words meant for its organisation: whose turn it is, what is asked of it now, and what
comes next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Count, Min, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accreditation_engine.certificates.upkeep.opening import counts
from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.dossiers.rules import answers_open
from accreditation_engine.engine.compiled import compiled
from accreditation_engine.engine.isolates import isolated
from accreditation_engine.portal.complaints.waiting import answers_due
from accreditation_engine.portal.dossier.reader import Reader
from accreditation_engine.portal.dossier.states import deadline_shown
from accreditation_engine.portal.report.page import in_short as report_in_short
from accreditation_engine.portal.templatetags.dates import day_in_words
from accreditation_engine.portal.time_left import days_left
from accreditation_engine.portal.upkeep.suspension import appeals_due
from accreditation_engine.portal.upkeep.waiting import upkeep_due
from accreditation_engine.portal.visits.seen import visit_title, when_shown
from accreditation_engine.reviews.models import Finding
from accreditation_engine.reviews.questions.open import QUESTIONS, answers_welcome
from accreditation_engine.reviews.report.standing import REPORT
from accreditation_engine.reviews.site_visits.models import Visit

from .appeal import appeals
from .progress import Progress
from .task import Task


def turn(
    reader: Reader,
    road: Sequence[Mapping[str, Any]],
    findings: Sequence[Finding],
    issued: Sequence[Any] = (),
) -> dict[str, Any] | None:
    """For portal/parts/turn.html, the most urgent task first, none for whoever only reads; None for whoever has
    other parts as well. The certificates `issued` on the file bear what is `asked` of their holder, and the
    `concerns`; once none of them counts, nothing is corrected for its sake any more. At most four queries."""
    if not reader.outside or not reader.plays("applicant"):
        return None
    today = timezone.localdate()
    appeal = list(appeals(reader, _state_ends(reader)))
    kept = [*appeals_due(issued), *(task for each in issued for task in upkeep_due(each.asked))]
    kept += [task for each in issued[:1] for task in answers_due(each.concerns)]
    over = bool(issued) and not any(counts(each) for each in issued)
    tasks = sorted(
        [*appeal, *_tasks(reader, () if over else findings), *kept], key=lambda each: each.due or date.max
    )
    acts = reader.acts("applicant")
    return {
        "title": _("You may appeal") if appeal and acts else _whose_turn(reader, bool(tasks)),
        "sentence": _sentence(reader, road),
        "acts": acts,
        "tasks": [
            {
                "title": each.title,
                "words": each.words,
                "url": each.url,
                "button": each.button,
                "due": each.due,
                "left": days_left(each.due, today) if each.due else "",
                "late": each.due is not None and each.due < today,
            }
            for each in (tasks if acts else ())
        ],
    }


def _whose_turn(reader: Reader, asked: bool) -> str:
    state = reader.scheme.workflow.states[reader.dossier.state]
    if asked:
        return _("It is your turn") if reader.acts("applicant") else _("It is your organisation's turn")
    if state.final:
        return _("The file has come to its end")
    return (
        _("The file is with the accrediting body") if state.waits_for != "applicant" else _("Your decision")
    )


def _sentence(reader: Reader, road: Sequence[Mapping[str, Any]]) -> str:
    """Since when it stands where, and what comes next on the way to a certificate."""
    current = next(each for each in road if each["status"] == "current")
    where = _("In stage “%(state)s” since %(day)s.") % isolated(
        {"state": current["title"], "day": day_in_words(current["at"])}
    )
    ahead = [each["title"] for each in road if each["status"] == "ahead"]
    if not ahead:
        return where
    waits = reader.scheme.workflow.states[reader.dossier.state].waits_for
    return f"{where} {_after(waits, len(ahead) == 1) % isolated({'state': ahead[0]})}"


def _after(waits_for: str | None, last: bool) -> str:
    """What follows; before the `last` stage is a decision, which may be another one than is hoped for."""
    if waits_for == "applicant":
        return _("The next stage on the way to the certificate is “%(state)s”.")
    if last:
        return _(
            "The accrediting body now decides: either for “%(state)s”, or against it, with its reasons. We write"
            " to you as soon as the decision is out."
        )
    return _("After that comes “%(state)s”; we write to you when it begins.")


def _tasks(reader: Reader, findings: Sequence[Finding]) -> Iterator[Task]:
    waiting = _waiting(reader)
    yield from _self_assessment(reader)
    yield from _questions(reader, waiting)
    yield from _findings(findings)
    yield from _visits(reader)
    yield from _report(reader, waiting)


def _waiting(reader: Reader) -> dict[str, Any]:
    """How many questions wait for an answer and until when, and how many points of the report. One query, none
    where neither is shown."""
    if not reader.sees(QUESTIONS, REPORT):
        return {}
    asked = Q(questions__answered_seq=None, questions__withdrawn_seq=None)
    return Dossier.objects.filter(pk=reader.dossier.pk).aggregate(
        open_questions=Count("questions", filter=asked, distinct=True),
        due=Min("questions__due_on", filter=asked),
        open_points=Count("contests", filter=Q(contests__answered_seq=None), distinct=True),
    )


def _state_ends(reader: Reader) -> date | None:
    state, ends = reader.scheme.workflow.states[reader.dossier.state], reader.dossier.deadline_at
    shown = ends is not None and deadline_shown(state, outside=reader.outside)
    return timezone.localdate(ends) if shown else None


def _self_assessment(reader: Reader) -> Iterator[Task]:
    if answers_open(reader.dossier):
        return
    progress = Progress.of(reader)
    whole = progress.whole()
    missing, due = whole["maximum"] - whole["value"], _state_ends(reader)
    if not missing:
        back = reader.dossier.state != reader.scheme.workflow.initial
        yield Task(
            _("Sign and submit"),
            _("The file came back to you: see why, mend what is asked for, then read it once more and sign.")
            if back
            else _(
                "Every criterion is complete. Read the file once more as reviewers will read it, and sign."
            ),
            reverse("preview_file", args=[reader.dossier.pk]),
            _("To the preview"),
            due,
        )
        return
    words = ngettext(
        "%(count)d criterion still lacks something.", "%(count)d criteria still lack something.", missing
    )
    yield Task(
        _("Self-assessment"),
        _("Rate yourselves criterion by criterion, say how you meet each, and add your evidence.")
        + " "
        + words % {"count": missing},
        reverse("self_assessment", args=[reader.dossier.pk]),
        _("Go on with the self-assessment"),
        due,
    )


def _questions(reader: Reader, waiting: Mapping[str, Any]) -> Iterator[Task]:
    if not (reader.sees(QUESTIONS) and answers_welcome(reader.dossier)):
        return
    if waiting["open_questions"]:
        words = ngettext(
            "%(count)d question waits for your answer.",
            "%(count)d questions wait for your answers.",
            waiting["open_questions"],
        )
        url = reverse("questions", args=[reader.dossier.pk])
        yield Task(
            _("Questions of the reviewers"),
            words % {"count": waiting["open_questions"]},
            url,
            _("Answer questions"),
            waiting["due"],
        )


def _findings(findings: Sequence[Finding]) -> Iterator[Task]:
    mine = [
        each
        for each in findings
        if compiled(each.edition_id).workflow.states[each.state].waits_for == "applicant"
    ]
    if not mine:
        return
    words = ngettext(
        "%(count)d finding waits for your corrective action.",
        "%(count)d findings wait for your corrective actions.",
        len(mine),
    )
    yield Task(
        _("Findings to correct"),
        " ".join([words % {"count": len(mine)}, *_later(mine)]),
        f"#finding-{mine[0].pk}",
        _("To the first finding"),
        mine[0].due_on,
    )


def _later(mine: Sequence[Finding]) -> Iterator[str]:
    """Where not all of them are due on the day of the first."""
    days = [each.due_on for each in mine if each.due_on is not None]
    if days and max(days) > days[0]:
        words = _("Their days differ: the last is due by %(day)s.")
        yield words % isolated({"day": day_in_words(max(days))})


def _visits(reader: Reader) -> Iterator[Task]:
    if reader.scheme.workflow.states[reader.dossier.state].final:
        return
    unanswered = Visit.objects.filter(
        dossier=reader.dossier, confirmed_at=None, asked_seq=None, cancelled_at=None, held_at=None
    )
    for each in unanswered.order_by("begins_at", "pk"):
        yield Task(
            _("A visit to confirm"),
            f"{visit_title(each)} · {when_shown(each)}",
            reverse("visit", args=[reader.dossier.pk, each.seq]),
            _("Confirm the visit, or ask for another date"),
            timezone.localdate(each.begins_at),
        )


def _report(reader: Reader, waiting: Mapping[str, Any]) -> Iterator[Task]:
    report = report_in_short(reader, waiting.get("open_points"))
    if report is not None:
        words = _(
            "Read what was found. What is wrong in it you can contest, point by point, until the time for it is"
            " over."
        )
        yield Task(
            _("Check the report"),
            " ".join(each for each in (words, report["words"]) if each),
            report["url"],
            _("Read the report"),
            _state_ends(reader),
        )
