"""Reasons about dossiers, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from accreditation_engine.engine.isolates import isolate, isolated
from accreditation_engine.engine.reasons import wording
from accreditation_engine.engine.words import state_title
from accreditation_engine.scoring import RatingProblem
from accreditation_engine.uploads.words import of_file


def listed(parameters: Mapping[str, Any]) -> str:
    """Criteria as a list; a longer list ends with an ellipsis."""
    names = str(_(", ")).join(isolate(each) for each in parameters["criteria"])
    return (
        names
        if parameters["count"] <= len(parameters["criteria"])
        else _("%(names)s and others") % {"names": names}
    )


@wording("already_open")
def _already_open(parameters: Mapping[str, Any]) -> str:
    return _(
        "This organisation has a file that is not finished yet: %(number)s. Go on with that one."
    ) % isolated({"number": parameters["number"]})


@wording("answers_closed")
def _answers_closed(parameters: Mapping[str, Any]) -> str:
    return _("The self-assessment is closed while the file is in “%(state)s”.") % isolated(
        {"state": state_title(parameters["edition"], parameters["state"])}
    )


@wording("seen_on_a_visit")
def _seen_on_a_visit(parameters: Mapping[str, Any]) -> str:
    return _("Reviewers filed this on a visit, so only they take it back.")


@of_file("dossier_full")
def _dossier_full(parameters: Mapping[str, Any]) -> str:
    return _(
        "This accreditation file holds as much as it may: %(files)d files or %(most)d MB, with those that were"
        " taken back. Choose from what you filed already, or ask those who accredit you."
    ) % isolated(parameters)


@wording("not_filed_before")
def _not_filed_before(parameters: Mapping[str, Any]) -> str:
    return _("This file is not among those that you have filed. Choose it from your device.")


@wording("unknown_rubric")
def _unknown_rubric(parameters: Mapping[str, Any]) -> str:
    return _("This file is not judged by a rubric called “%(rubric)s”.") % isolated(
        {"rubric": parameters["rubric"]}
    )


@wording("unknown_criterion")
def _unknown_criterion(parameters: Mapping[str, Any]) -> str:
    return _("This file has no criterion called “%(criterion)s”.") % isolated(
        {"criterion": parameters["criterion"]}
    )


@wording("bad_rating")
def _bad_rating(parameters: Mapping[str, Any]) -> str:
    problem = RatingProblem(
        parameters["problem"], parameters["criterion"], parameters["values"], tuple(parameters["also"])
    )
    return problem.in_words(get_language() or "ar")


@wording("answers_missing")
def _answers_missing(parameters: Mapping[str, Any]) -> str:
    return ngettext(
        "%(count)d criterion is not answered yet: %(criteria)s.",
        "%(count)d criteria are not answered yet: %(criteria)s.",
        parameters["count"],
    ) % isolated({"count": parameters["count"], "criteria": listed(parameters)})


@wording("evidence_missing")
def _evidence_missing(parameters: Mapping[str, Any]) -> str:
    return ngettext(
        "%(count)d criterion still needs a piece of evidence: %(criteria)s.",
        "%(count)d criteria still need a piece of evidence: %(criteria)s.",
        parameters["count"],
    ) % isolated({"count": parameters["count"], "criteria": listed(parameters)})


@wording("not_applicable_unexplained")
def _not_applicable_unexplained(parameters: Mapping[str, Any]) -> str:
    return ngettext(
        "Say why %(count)d criterion does not apply: %(criteria)s.",
        "Say why %(count)d criteria do not apply: %(criteria)s.",
        parameters["count"],
    ) % isolated({"count": parameters["count"], "criteria": listed(parameters)})


@wording("answers_unconfirmed")
def _answers_unconfirmed(parameters: Mapping[str, Any]) -> str:
    return ngettext(
        "%(count)d answer was carried over and not looked at yet: %(criteria)s. Confirm it or change it.",
        "%(count)d answers were carried over and not looked at yet: %(criteria)s. Confirm or change each.",
        parameters["count"],
    ) % isolated({"count": parameters["count"], "criteria": listed(parameters)})


@wording("reviewers_word")
def _reviewers_word(parameters: Mapping[str, Any]) -> str:
    return _(
        "“Unable to verify” is an answer of reviewers alone: %(criteria)s. Give a rating, or say that it does not"
        " apply."
    ) % {"criteria": listed(parameters)}


@wording("entry_too_long")
def _entry_too_long(parameters: Mapping[str, Any]) -> str:
    return _(
        "%(criterion)s: the text has %(count)d characters; at most %(most)d are taken. Shorten it, or put it in a"
        " file."
    ) % isolated(parameters)


@wording("code_not_accepted")
def _code_not_accepted(parameters: Mapping[str, Any]) -> str:
    return _(
        "The code of conduct is not accepted yet. Read and accept it on the page of the self-assessment."
    )


@wording("evidence_mismatch")
def _evidence_mismatch(parameters: Mapping[str, Any]) -> str:
    if parameters["gone"]:
        return _("The file is not where it was stored. The trail says so now; tell the administrator.")
    return _(
        "What is stored is not the file that was filed (its SHA-256 is another), so it is not given out. The trail"
        " says so now; tell the administrator."
    )
