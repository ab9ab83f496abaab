"""Two editions of a scheme beside each other, in words."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic import BaseModel

from accreditation_engine.definitions.base import Bilingual, as_text
from accreditation_engine.definitions.comparing import ORDER, Change, Detail, compare
from accreditation_engine.definitions.conditions import KINDS, Condition
from accreditation_engine.definitions.duration_words import in_words as duration_in_words
from accreditation_engine.definitions.rubric import FindingRule
from accreditation_engine.definitions.workflow import Deadline, Rule
from accreditation_engine.engine.compiled import Compiled
from accreditation_engine.engine.isolates import isolate, isolated
from accreditation_engine.engine.role_words import TITLES, role_title, roles_in_words
from accreditation_engine.portal.dossier.reader import language
from accreditation_engine.portal.methodologist.asked import conditions_in_words
from accreditation_engine.reviews.words import severity_title

Context = dict[str, Any]
PARTS = {
    "scheme": gettext_lazy("The scheme as a whole"),
    "state": gettext_lazy("States"),
    "step": gettext_lazy("Steps"),
    "rubric": gettext_lazy("Rubrics"),
    "area": gettext_lazy("Areas"),
    "criterion": gettext_lazy("Criteria"),
    "outcome": gettext_lazy("Outcomes"),
}
BADGES = {
    "new": (gettext_lazy("new"), "good"),
    "gone": (gettext_lazy("gone"), "bad"),
    "changed": (gettext_lazy("changed"), "warning"),
}
ASPECTS = {
    "title": gettext_lazy("Title"),
    "public_title": gettext_lazy("Title that applicants read"),
    "public_status": gettext_lazy("What strangers read"),
    "waits_for": gettext_lazy("Waits for"),
    "deadline": gettext_lazy("Deadline"),
    "reminders": gettext_lazy("Reminders"),
    "shows": gettext_lazy("Shows"),
    "anonymous": gettext_lazy("Hidden from the other side"),
    "final": gettext_lazy("Is final"),
    "from": gettext_lazy("From"),
    "to": gettext_lazy("To"),
    "by": gettext_lazy("By"),
    "requires": gettext_lazy("What must hold first"),
    "then": gettext_lazy("What follows"),
    "told": gettext_lazy("What people are told of it"),
    "comment": gettext_lazy("Comment"),
    "rubrics": gettext_lazy("Rubrics"),
    "subject": gettext_lazy("What moves through it"),
    "initial": gettext_lazy("First state"),
    "calendar": gettext_lazy("Calendar"),
    "reviewing": gettext_lazy("How it is reviewed"),
    "scale": gettext_lazy("Scale"),
    "rounding": gettext_lazy("Rounding"),
    "combine": gettext_lazy("How parts make the whole"),
    "met_at": gettext_lazy("Met from"),
    "maximum": gettext_lazy("Highest rating"),
    "weight": gettext_lazy("Weight"),
    "guidance": gettext_lazy("Guidance"),
    "evidence": gettext_lazy("Evidence"),
    "in": gettext_lazy("Stands in"),
    "source": gettext_lazy("Source"),
    "reads": gettext_lazy("Judges the ratings of"),
    "reconcile_above": gettext_lazy("Reviewers agree anew above a difference of"),
    "findings": gettext_lazy("Findings that ratings raise"),
    "when": gettext_lazy("What has to hold"),
    "valid_for": gettext_lazy("Valid for"),
    ORDER: gettext_lazy("Order"),
}
WORDS = {
    "optional": gettext_lazy("optional"),
    "required": gettext_lazy("required"),
    "none": gettext_lazy("none"),
    "weighted_mean": gettext_lazy("weighted mean"),
    "mean_unless_zero": gettext_lazy("weighted mean, but 0 where one part is 0"),
    "minimum": gettext_lazy("the worst part"),
    "sum": gettext_lazy("sum of points"),
    "share_met": gettext_lazy("share of criteria that are met"),
    "distance": gettext_lazy("distance from the ideal"),
}
RULES = {
    "authorised": gettext_lazy("whoever takes it is an owner of the organisation"),
    "ballot_running": gettext_lazy("a ballot is open"),
    "ballot_used": gettext_lazy("somebody has voted in the ballot"),
    "code_of_conduct_accepted": gettext_lazy("the code of conduct is accepted"),
    "contests_answered": gettext_lazy("every contested point is answered"),
    "contest_accepted": gettext_lazy("a point of the organisation was found to be right"),
    "declaration_signed": gettext_lazy("a declaration is signed"),
    "may_vote": gettext_lazy("whoever takes it may vote"),
    "no_open_findings": gettext_lazy("no finding is open"),
    "not_involved": gettext_lazy("whoever takes it had no hand in the file"),
    "open_findings": gettext_lazy("a finding is open"),
    "outcome": gettext_lazy("the outcome is good enough"),
    "own_review_complete": gettext_lazy("the own review is complete"),
    "questions_answered": gettext_lazy("no question waits for its answer"),
    "reconciled": gettext_lazy("reviewers agree"),
    "reviewers_assigned": gettext_lazy("reviewers are assigned"),
    "reviews_complete": gettext_lazy("reviews are complete"),
    "special_audit_possible": gettext_lazy("there is a certificate that can be audited"),
    "self_assessment_complete": gettext_lazy("the self-assessment is complete"),
    "visits_held": gettext_lazy("visits were held"),
    "votes": gettext_lazy("there are enough votes"),
    "waited": gettext_lazy("enough time has passed"),
    "allocate_reviewers": gettext_lazy("reviewers are drawn"),
    "call_special_audit": gettext_lazy("a special audit is called for"),
    "close_ballot": gettext_lazy("the ballot is closed"),
    "close_own_review": gettext_lazy("the own review is closed"),
    "issue_certificate": gettext_lazy("a certificate is issued"),
    "make_report": gettext_lazy("the report is made"),
    "notify": gettext_lazy("somebody is told"),
    "open_ballot": gettext_lazy("a ballot is opened"),
    "raise_findings": gettext_lazy("findings are raised"),
    "record_vote": gettext_lazy("the vote is recorded"),
    "tell_complainant": gettext_lazy("whoever raised the concern is told"),
    "asked_in_this_part": gettext_lazy("those who take the step asked for it themselves"),
    "asked_by_holder": gettext_lazy("the organisation asked for it itself"),
    "scope_in_words": gettext_lazy("the scope is in both languages and another than before"),
    "amend_certificate": gettext_lazy("what an appeal has changed stands on the certificate"),
    "change_scope": gettext_lazy("the scope of the certificate changes"),
    "word_scope": gettext_lazy("the words of the scope are mended"),
    "end_upkeep": gettext_lazy("the upkeep ends with the certificate"),
    "plan_upkeep": gettext_lazy("the upkeep of the certificate is planned"),
    "upkeep_files": gettext_lazy("files lie with the upkeep"),
    "suspend_certificate": gettext_lazy("the certificate is suspended"),
    "withdraw_from_report": gettext_lazy("a point leaves the report"),
}
"""Guards and effects as they are called; a name that is not here is shown as it is written."""
THINGS = {
    "answers": gettext_lazy("answers"),
    "certificate": gettext_lazy("the certificate"),
    "complaint": gettext_lazy("the concern"),
    "consensus": gettext_lazy("consensus ratings"),
    "decision": gettext_lazy("the decision"),
    "evidence": gettext_lazy("evidence"),
    "finding": gettext_lazy("the finding"),
    "findings": gettext_lazy("findings"),
    "organisation": gettext_lazy("the organisation"),
    "own_ratings": gettext_lazy("own ratings"),
    "questions": gettext_lazy("questions"),
    "ratings": gettext_lazy("ratings"),
    "report": gettext_lazy("the report"),
    "reviewers": gettext_lazy("the reviewers"),
    "scope_change": gettext_lazy("the change of scope"),
    "scores": gettext_lazy("scores"),
    "trail": gettext_lazy("the trail"),
    "upkeep": gettext_lazy("the upkeep of the certificate"),
    "votes": gettext_lazy("votes"),
}
"""What a state shows, or hides."""


@dataclass(frozen=True)
class Sides:
    before: Compiled
    after: Compiled

    def changes(self) -> list[Change]:
        sides = (self.before.workflow, self.before.rubrics, self.after.workflow, self.after.rubrics)
        return compare(*sides)


def groups(sides: Sides) -> list[Context]:
    """Each part of the scheme in which anything differs, with a table for parts/table.html. No query once both
    editions are compiled."""
    found = sides.changes()
    tables = []
    for part, title in PARTS.items():
        rows = [row for each in found if each.part == part for row in _rows(each, sides)]
        if rows:
            tables.append({"title": title, "table": _table(str(title), rows)})
    return tables


def _table(title: str, rows: list[Context]) -> Context:
    titles = (_("What"), _("What of it"), _("Before"), _("After"))
    return {
        "caption": title,
        "hide_caption": True,
        "columns": [{"title": each} for each in titles],
        "rows": rows,
    }


def _rows(change: Change, sides: Sides) -> Iterable[Context]:
    title, tone = BADGES[change.what]
    note = f"{title} · {_place(change, sides)}"
    first = {"value": _title(change), "note": note.rstrip(" ·")}
    if not change.details:
        yield {"cells": [first, {"badge": {"title": title, "tone": tone}}, {"value": ""}, {"value": ""}]}
    for each in change.details:
        told = [_in_words(each, value, side) for value, side in _both(each, sides)]
        yield {"cells": [first, {"value": _aspect(each)}, *({"value": one} for one in told)]}


def _title(change: Change) -> str:
    return _("The order") if change.id == ORDER else change.title.in_language(language())


def _place(change: Change, sides: Sides) -> str:
    """Its id, and the rubric where the scheme has several."""
    here = "" if change.id == ORDER else change.id
    rubrics = {**sides.before.rubrics, **sides.after.rubrics}
    if not change.rubric or change.part == "rubric" or len(rubrics) < 2:
        return here
    return f"{here} · {rubrics[change.rubric].title.in_language(language())}"


def _both(detail: Detail, sides: Sides) -> Iterable[tuple[Any, Compiled]]:
    return (detail.before, sides.before), (detail.after, sides.after)


def _aspect(detail: Detail) -> str:
    title = str(ASPECTS.get(detail.aspect, detail.aspect))
    if not detail.of:
        return title
    of = role_title(detail.of) if detail.of in TITLES else str(ASPECTS.get(detail.of, detail.of))
    return _("%(aspect)s: %(of)s") % {"aspect": title, "of": of}


def _in_words(detail: Detail, value: Any, scheme: Compiled) -> str:
    if value is None or value in ((), ""):
        return _("nothing")
    if detail.aspect in SPOKEN:
        return SPOKEN[detail.aspect](value, scheme)
    return _plainly(value)


def _plainly(value: Any) -> str:
    """What needs no knowledge of where it stands."""
    if isinstance(value, Bilingual):
        return value.in_language(language())
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, Decimal):
        return as_text(value)
    if isinstance(value, Rule):
        return _rule(value)
    if isinstance(value, FindingRule):
        return _finding(value)
    if isinstance(value, BaseModel):
        return _as_written(
            value.model_dump(mode="json", by_alias=True, exclude_none=True, exclude_defaults=True)
        )
    if isinstance(value, tuple):
        return str(_("; ")).join(_plainly(each) for each in value)
    return str(WORDS[value]) if value in WORDS else isolate(str(value))


def _as_written(value: Any) -> str:
    return isolate(json.dumps(value, ensure_ascii=False).replace('"', "").strip("{}"))


def _rule(rule: Rule) -> str:
    if rule.name in KINDS:
        fulfils = _("the score sheet fulfils")
        return f"{fulfils} ({_as_written({rule.name: rule.parameters})})"
    title = str(RULES.get(rule.name, isolate(rule.name)))
    if rule.parameters is None:
        return title
    return f"{title} ({_as_written(rule.parameters)})"


def _finding(rule: FindingRule) -> str:
    said = {
        "severity": severity_title(rule.severity),
        "rating": as_text(rule.rating_at_most),
        "time": duration_in_words(rule.correct_within, language())
        if rule.correct_within
        else _("no end date"),
    }
    return _("%(severity)s: rated %(rating)s or lower; to be corrected within: %(time)s") % isolated(said)


def _deadline(deadline: Deadline, scheme: Compiled) -> str:
    when = duration_in_words(deadline.after, language()) if deadline.after else isolate(str(deadline.on))
    if deadline.counts == "working_days":
        when = _("%(time)s, of working days") % isolated({"time": when})
    if deadline.not_before:
        when = _("%(time)s, and not before %(day)s") % isolated({"time": when, "day": deadline.not_before})
    step = scheme.workflow.transitions.get(deadline.then)
    title = step.title.in_language(language()) if step else deadline.then
    return _("%(time)s, then: %(step)s") % isolated({"time": when, "step": title})


def _states(names: Any, scheme: Compiled) -> str:
    listed = (names,) if isinstance(names, str) else names
    states = scheme.workflow.states
    titles = (states[each].title.in_language(language()) if each in states else each for each in listed)
    return str(_(", ")).join(map(isolate, titles))


def _area(name: str, scheme: Compiled) -> str:
    for rubric in scheme.rubrics.values():
        for each in rubric.every_area():
            if each.id == name:
                return each.title.in_language(language())
    return isolate(name)


def _when(condition: Condition, scheme: Compiled) -> str:
    """An area is called the same in every rubric of a scheme, or by its id."""
    rubric = max(scheme.rubrics.values(), key=lambda each: len(list(each.every_criterion())))
    return str(_("; ")).join(conditions_in_words(condition, rubric))


def _things(names: Iterable[str]) -> str:
    return str(_(", ")).join(str(THINGS.get(each, isolate(each))) for each in names)


def _order(names: Any, scheme: Compiled) -> str:
    titles = {
        each.outcome: each.title.in_language(language())
        for rubric in scheme.rubrics.values()
        for each in rubric.outcomes
    }
    return str(_(", ")).join(
        titles.get(each, each) if isinstance(each, str) else _plainly(each) for each in names
    )


SPOKEN: Mapping[str, Callable[[Any, Compiled], str]] = {
    "waits_for": lambda role, _scheme: capfirst(role_title(role)),
    "by": lambda roles, _scheme: roles_in_words(roles),
    "from": _states,
    "to": _states,
    "initial": _states,
    "deadline": _deadline,
    "in": _area,
    "when": _when,
    "shows": lambda things, _scheme: _things(things),
    "anonymous": lambda things, _scheme: _things(things),
    "valid_for": lambda duration, _scheme: duration_in_words(duration, language()),
    ORDER: _order,
}
