"""Reasons about reviews, scores and findings, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from accreditation_engine.definitions.rubric import Rubric
from accreditation_engine.dossiers.words import listed
from accreditation_engine.engine.compiled import compiled
from accreditation_engine.engine.isolates import isolated
from accreditation_engine.engine.reasons import wording
from accreditation_engine.engine.words import state_title
from accreditation_engine.reviews.interests.words import interests_in_words
from accreditation_engine.reviews.visits import undrawable_in_words
from accreditation_engine.scoring import Reason, in_words

SEVERITIES = {
    "major": lambda: _("major nonconformity"),
    "minor": lambda: _("minor nonconformity"),
    "observation": lambda: _("observation"),
}


@wording("reviewers_missing")
def _reviewers_missing(parameters: Mapping[str, Any]) -> str:
    return ngettext(
        "%(wanted)d reviewer must be assigned first; %(have)d is so far.",
        "%(wanted)d reviewers must be assigned first; %(have)d are so far.",
        parameters["wanted"],
    ) % isolated(parameters)


@wording("reviews_missing")
def _reviews_missing(parameters: Mapping[str, Any]) -> str:
    return ngettext(
        "%(wanted)d review must be sent first; %(have)d has been so far.",
        "%(wanted)d reviews must be sent first; %(have)d have been so far.",
        parameters["wanted"],
    ) % isolated(parameters)


@wording("ratings_missing")
def _ratings_missing(parameters: Mapping[str, Any]) -> str:
    return ngettext(
        "%(count)d criterion is not rated yet: %(criteria)s.",
        "%(count)d criteria are not rated yet: %(criteria)s.",
        parameters["count"],
    ) % isolated({"count": parameters["count"], "criteria": listed(parameters)})


@wording("to_reconcile")
def _to_reconcile(parameters: Mapping[str, Any]) -> str:
    return ngettext(
        "Reviewers are too far apart on %(count)d criterion and have to agree on a rating first: %(criteria)s.",
        "Reviewers are too far apart on %(count)d criteria and have to agree on ratings first: %(criteria)s.",
        parameters["count"],
    ) % isolated({"count": parameters["count"], "criteria": listed(parameters)})


@wording("consensus_closed")
def _consensus_closed(parameters: Mapping[str, Any]) -> str:
    return _("Nothing is to be agreed while the file is in “%(state)s”.") % isolated(
        {"state": state_title(parameters["edition"], parameters["state"])}
    )


@wording("nothing_to_reconcile")
def _nothing_to_reconcile(parameters: Mapping[str, Any]) -> str:
    return _("Reviewers are not too far apart here, or a rating is agreed already: %(criteria)s.") % isolated(
        {"criteria": listed(parameters)}
    )


@wording("proposal_closed")
def _proposal_closed(parameters: Mapping[str, Any]) -> str:
    return _("This proposal stands no more. Open the page again to see what has been proposed since.")


@wording("proposed_meanwhile")
def _proposed_meanwhile(parameters: Mapping[str, Any]) -> str:
    return _(
        "Another rating has been proposed here since you opened this page. Read it first; if yours is still"
        " better, send it once more."
    )


@wording("not_your_proposal")
def _not_your_proposal(parameters: Mapping[str, Any]) -> str:
    return _("Somebody else made this proposal. Propose another rating instead.")


@wording("agreed_already")
def _agreed_already(parameters: Mapping[str, Any]) -> str:
    return _("You have agreed to this already. Others are still to be heard.")


@wording("review_closed")
def _review_closed(parameters: Mapping[str, Any]) -> str:
    return _("This review is closed: it has been sent or given back, or the file has moved on.")


@wording("not_your_review")
def _not_your_review(parameters: Mapping[str, Any]) -> str:
    return _("This is somebody else's review. Open your own from your queue.")


@wording("assignment_closed")
def _assignment_closed(parameters: Mapping[str, Any]) -> str:
    return _("No reviewers are assigned while the file is in “%(state)s”.") % isolated(
        {"state": state_title(parameters["edition"], parameters["state"])}
    )


@wording("no_reviewer")
def _no_reviewer(parameters: Mapping[str, Any]) -> str:
    return _("%(name)s does not hold the role of reviewer for this scheme. Grant it first.") % isolated(
        parameters
    )


@wording("assigned_already")
def _assigned_already(parameters: Mapping[str, Any]) -> str:
    return _("%(name)s is assigned already. Choose somebody else.") % isolated(parameters)


@wording("has_interest")
def _has_interest(parameters: Mapping[str, Any]) -> str:
    return _(
        "%(name)s has an interest in this organisation or its file: %(interests)s. Choose somebody without one."
    ) % isolated({"name": parameters["name"], "interests": interests_in_words(parameters["interests"])})


@wording("findings_open")
def _findings_open(parameters: Mapping[str, Any]) -> str:
    if parameters["severity"] == "major":
        return ngettext(
            "%(count)d major nonconformity is still open: %(criteria)s.",
            "%(count)d major nonconformities are still open: %(criteria)s.",
            parameters["count"],
        ) % isolated({"count": parameters["count"], "criteria": listed(parameters)})
    return ngettext(
        "%(count)d finding is still open: %(criteria)s.",
        "%(count)d findings are still open: %(criteria)s.",
        parameters["count"],
    ) % isolated({"count": parameters["count"], "criteria": listed(parameters)})


@wording("no_findings_open")
def _no_findings_open(parameters: Mapping[str, Any]) -> str:
    return _("There is no open finding to correct.")


@wording("findings_closed")
def _findings_closed(parameters: Mapping[str, Any]) -> str:
    return _("No findings are raised while the file is in “%(state)s”.") % isolated(
        {"state": state_title(parameters["edition"], parameters["state"])}
    )


@wording("finding_without_text")
def _finding_without_text(parameters: Mapping[str, Any]) -> str:
    return _("Say what was found.")


@wording("finding_without_severity")
def _finding_without_severity(parameters: Mapping[str, Any]) -> str:
    return _("Choose how grave it is.")


@wording("no_such_day")
def _no_such_day(parameters: Mapping[str, Any]) -> str:
    return _("There is no such day: %(typed)s. Write year, month and day, as in %(example)s.") % isolated(
        parameters
    )


@wording("finding_answered")
def _finding_answered(parameters: Mapping[str, Any]) -> str:
    return _(
        "The organisation has answered what stands here, so it is not changed. Raise a further finding instead."
    )


@wording("amended_meanwhile")
def _amended_meanwhile(parameters: Mapping[str, Any]) -> str:
    return _(
        "Somebody has amended this text since you opened it. Read what it says now, above; if yours is still"
        " better, send it once more."
    )


@wording("owner_unknown")
def _owner_unknown(parameters: Mapping[str, Any]) -> str:
    return _("The person you chose does not act for this organisation any more. Choose somebody else.")


@wording("major_without_evidence")
def _major_without_evidence(parameters: Mapping[str, Any]) -> str:
    return _("A major nonconformity must rest on evidence. Choose at least one file that shows it.")


@wording("not_in_evidence")
def _not_in_evidence(parameters: Mapping[str, Any]) -> str:
    return _("These files do not lie in evidence here: %(names)s. Choose others.") % isolated(
        {"names": listed(parameters)}
    )


@wording("due_in_the_past")
def _due_in_the_past(parameters: Mapping[str, Any]) -> str:
    return _("The day by which it is to be corrected has passed: %(date)s. Choose a later one.") % isolated(
        {"date": date_format(date.fromisoformat(parameters["date"]), "j F Y")}
    )


@wording("due_too_late")
def _due_too_late(parameters: Mapping[str, Any]) -> str:
    days = {name: date_format(date.fromisoformat(parameters[name]), "j F Y") for name in ("date", "last")}
    return _(
        "%(date)s is too far ahead for a correction; %(last)s is the last day that can be chosen. Look whether the"
        " year is the one you meant."
    ) % isolated(days)


@wording("not_a_member")
def _not_a_member(parameters: Mapping[str, Any]) -> str:
    return _("%(name)s does not act for this organisation. Choose one of its members.") % isolated(parameters)


@wording("finding_settled")
def _finding_settled(parameters: Mapping[str, Any]) -> str:
    return _("This finding waits for nobody any more.")


@wording("correction_not_awaited")
def _correction_not_awaited(parameters: Mapping[str, Any]) -> str:
    return _("No corrective action is awaited while the finding is in “%(state)s”.") % isolated(
        {"state": state_title(parameters["edition"], parameters["state"])}
    )


@wording("outcome_too_low")
def _outcome_too_low(parameters: Mapping[str, Any]) -> str:
    language = get_language() or "ar"
    rubric = compiled(parameters["edition"]).rubrics[parameters["rubric"]]
    titles = {each.outcome: each.title.in_language(language) for each in rubric.outcomes}
    words = {
        "rubric": rubric.title.in_language(language),
        "wanted": titles[parameters["wanted"]],
        "have": titles.get(parameters["have"], ""),
    }
    said = (
        _("%(rubric)s: the outcome is “%(have)s”; “%(wanted)s” at least is asked for.")
        if words["have"]
        else _("%(rubric)s: there is no outcome yet; “%(wanted)s” at least is asked for.")
    )
    return " ".join([said % isolated(words), *_why(parameters.get("why", ()), rubric)])


def _why(reasons: Sequence[Mapping[str, Any]], rubric: Rubric) -> list[str]:
    """Each as a sentence of its own."""
    language = get_language() or "ar"
    return [in_words(Reason.from_json(each), rubric, language) + "." for each in reasons]


@wording("condition_unmet")
def _condition_unmet(parameters: Mapping[str, Any]) -> str:
    rubrics = compiled(parameters["edition"]).rubrics
    rubric = rubrics[parameters.get("rubric") or next(iter(rubrics))]
    return " ".join(_why(parameters["why"], rubric))


@wording("sample_undrawable")
def _sample_undrawable(parameters: Mapping[str, Any]) -> str:
    return undrawable_in_words(parameters["problem"], parameters["values"])


@wording("drawn_meanwhile")
def _drawn_meanwhile(parameters: Mapping[str, Any]) -> str:
    return _(
        "Another sample has been drawn since this page was opened. Look at it first; if yours is still needed,"
        " draw it then."
    )


@wording("size_not_shown")
def _size_not_shown(parameters: Mapping[str, Any]) -> str:
    return _(
        "The list or the kind of visit is not the one whose size was worked out. Look at the size below, then"
        " draw."
    )


@wording("no_units")
def _no_units(parameters: Mapping[str, Any]) -> str:
    return _("Name at least one branch or programme, one a line.")


@wording("too_many_units")
def _too_many_units(parameters: Mapping[str, Any]) -> str:
    return _("%(count)d branches or programmes are named; at most %(most)d can be. Shorten the list.") % (
        isolated(parameters)
    )


@wording("unit_names_too_long")
def _unit_names_too_long(parameters: Mapping[str, Any]) -> str:
    return _("A name has at most %(most)d characters. Shorten these: %(units)s.") % _units_listed(parameters)


@wording("units_twice")
def _units_twice(parameters: Mapping[str, Any]) -> str:
    return _("These stand more than once: %(units)s. Name each of them once.") % _units_listed(parameters)


@wording("chosen_without_reason")
def _chosen_without_reason(parameters: Mapping[str, Any]) -> str:
    return _("Say why you choose: %(units)s.") % _units_listed(parameters)


@wording("choice_too_wordy")
def _choice_too_wordy(parameters: Mapping[str, Any]) -> str:
    return _(
        "A reason has at most %(most)d characters here, and the longest has %(longest)d. Shorten it for:"
        " %(units)s."
    ) % _units_listed(parameters)


def _units_listed(parameters: Mapping[str, Any]) -> dict[str, Any]:
    names = listed({"criteria": parameters["units"], "count": parameters["count"]})
    return {**parameters, "units": names}


def severity_title(severity: str) -> str:
    return SEVERITIES[severity]() if severity in SEVERITIES else severity


@wording("nothing_to_draw_from")
def _nothing_to_draw_from(parameters: Mapping[str, Any]) -> str:
    return _("No file fits what you chose, so there is nothing to draw from. Choose less narrowly.")


@wording("no_size")
def _no_size(parameters: Mapping[str, Any]) -> str:
    return _("Say how many files to draw: a number, or a share of a hundred.")


@wording("sample_beyond_population")
def _sample_beyond_population(parameters: Mapping[str, Any]) -> str:
    return _(
        "You asked for %(wanted)d files, and only %(count)d fit. Ask for fewer, or choose less narrowly."
    ) % (isolated(parameters))


@wording("audit_sample_too_large")
def _audit_sample_too_large(parameters: Mapping[str, Any]) -> str:
    return _("A sample holds at most %(most)d files; you asked for %(wanted)d. Ask for fewer.") % isolated(
        parameters
    )
