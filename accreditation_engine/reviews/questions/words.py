"""Reasons about questions to the organisation, in words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accreditation_engine.engine.isolates import isolated
from accreditation_engine.engine.reasons import wording
from accreditation_engine.engine.words import state_title


def _days(parameters: Mapping[str, Any], *names: str) -> dict[str, str]:
    return {name: date_format(date.fromisoformat(parameters[name]), "j F Y") for name in names}


@wording("questions_closed")
def _closed(parameters: Mapping[str, Any]) -> str:
    return _("Questions are neither asked nor answered while the file is in “%(state)s”.") % isolated(
        {"state": state_title(parameters["edition"], parameters["state"])}
    )


@wording("questions_open")
def _open(parameters: Mapping[str, Any]) -> str:
    return ngettext(
        "%(count)d question to the organisation waits for its answer until %(date)s. Wait for it, or withdraw"
        " the question.",
        "%(count)d questions to the organisation wait for their answers until %(date)s. Wait for them, or"
        " withdraw the questions.",
        parameters["count"],
    ) % isolated({"count": parameters["count"], **_days(parameters, "date")})


@wording("question_without_text")
def _without_text(parameters: Mapping[str, Any]) -> str:
    return _("Write what you want to know.")


@wording("question_without_answer")
def _without_answer(parameters: Mapping[str, Any]) -> str:
    return _("Write an answer; where a file says it all, say what the file shows.")


@wording("answer_due_in_the_past")
def _due_in_the_past(parameters: Mapping[str, Any]) -> str:
    return _("The day by which an answer is due has passed: %(date)s. Choose a later one.") % isolated(
        _days(parameters, "date")
    )


@wording("answer_due_too_late")
def _due_too_late(parameters: Mapping[str, Any]) -> str:
    return _(
        "%(date)s is too far ahead for an answer; %(last)s is the last day that can be chosen."
    ) % isolated(_days(parameters, "date", "last"))


@wording("question_unanswered")
def _unanswered(parameters: Mapping[str, Any]) -> str:
    return _("Ask on once the question before is answered; until then, withdraw it and ask anew.")


@wording("question_answered_already")
def _answered_already(parameters: Mapping[str, Any]) -> str:
    return _("This question is answered already. Open the page again to read the answer.")


@wording("question_withdrawn_already")
def _withdrawn_already(parameters: Mapping[str, Any]) -> str:
    return _("This question was withdrawn and needs no answer any more.")


@wording("not_your_question")
def _not_yours(parameters: Mapping[str, Any]) -> str:
    return _("Somebody else asked this question. They or a coordinator can withdraw it.")


@wording("file_belongs_nowhere")
def _belongs_nowhere(parameters: Mapping[str, Any]) -> str:
    return _("Choose the criterion that the files belong to.")
