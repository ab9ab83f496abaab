"""Reasons about votes, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accreditation_engine.engine.isolates import isolated
from accreditation_engine.engine.reasons import wording
from accreditation_engine.engine.words import transition_title

from .guards import ABSTAIN


def choice_title(edition: str, choice: str) -> str:
    """What a choice is called: the transition of its name, or abstention."""
    return _("abstain") if choice == ABSTAIN else transition_title(edition, choice)


@wording("no_ballot")
def _no_ballot(parameters: Mapping[str, Any]) -> str:
    return _("No ballot is open for this file.")


@wording("voted_already")
def _voted_already(parameters: Mapping[str, Any]) -> str:
    return _("You have voted in this ballot. A vote is cast once.")


@wording("ballot_unused")
def _ballot_unused(parameters: Mapping[str, Any]) -> str:
    return _("Nobody has voted in the ballot that is open; there is nothing to vote on anew.")


@wording("no_such_choice")
def _no_such_choice(parameters: Mapping[str, Any]) -> str:
    choices = str(_(", ")).join(choice_title(parameters["edition"], each) for each in parameters["choices"])
    return _("Choose how you vote: %(choices)s.") % isolated({"choices": choices})


@wording("no_quorum")
def _no_quorum(parameters: Mapping[str, Any]) -> str:
    return ngettext(
        "The quorum is %(wanted)d vote; %(have)d has been cast.",
        "The quorum is %(wanted)d votes; %(have)d have been cast.",
        parameters["wanted"],
    ) % isolated(parameters)


@wording("votes_short")
def _votes_short(parameters: Mapping[str, Any]) -> str:
    return _("“%(choice)s” has %(have)d of %(of)d votes; %(share)s of them are needed.") % isolated(
        {
            "choice": choice_title(parameters["edition"], parameters["choice"]),
            "have": parameters["have"],
            "of": parameters["of"],
            "share": parameters["share"],
        }
    )
