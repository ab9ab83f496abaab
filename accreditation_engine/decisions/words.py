"""Reasons about votes, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accreditation_engine.engine.isolates import isolate, isolated
from accreditation_engine.engine.reasons import wording
from accreditation_engine.engine.words import transition_title

from .counting import ABSTAIN

MORE_THAN = {
    "1/2": gettext_lazy("more than half of the votes"),
    "1/3": gettext_lazy("more than a third of the votes"),
    "2/3": gettext_lazy("more than two thirds of the votes"),
    "3/4": gettext_lazy("more than three quarters of the votes"),
}
AT_LEAST = {
    "1/2": gettext_lazy("at least half of the votes"),
    "1/3": gettext_lazy("at least a third of the votes"),
    "2/3": gettext_lazy("at least two thirds of the votes"),
    "3/4": gettext_lazy("at least three quarters of the votes"),
    "1": gettext_lazy("all of the votes"),
}


def choice_title(edition: str, choice: str) -> str:
    """What a choice is called: the transition of its name, or abstention."""
    return _("Abstain") if choice == ABSTAIN else transition_title(edition, choice)


@wording("no_ballot")
def _no_ballot(parameters: Mapping[str, Any]) -> str:
    return _("No ballot is open for this file.")


@wording("voted_already")
def _voted_already(parameters: Mapping[str, Any]) -> str:
    return _("You have voted in this ballot. A vote is cast once.")


@wording("ballot_closed")
def _ballot_closed(parameters: Mapping[str, Any]) -> str:
    return _("The ballot is closed and takes no more votes.")


@wording("nobody_voted")
def _nobody_voted(parameters: Mapping[str, Any]) -> str:
    return _("Nobody has voted in the ballot that is open; there is nothing to close.")


@wording("all_have_voted")
def _all_have_voted(parameters: Mapping[str, Any]) -> str:
    return _("Everybody has voted; there is nothing to close.")


@wording("ballot_running")
def _ballot_running(parameters: Mapping[str, Any]) -> str:
    return ngettext(
        "%(missing)d member has yet to vote. Votes are counted once all are in, or the ballot is closed.",
        "%(missing)d members have yet to vote. Votes are counted once all are in, or the ballot is closed.",
        parameters["missing"],
    ) % isolated(parameters)


@wording("findings_voted_on")
def _findings_voted_on(parameters: Mapping[str, Any]) -> str:
    return _(
        "Members have voted on what stands here, so it is not changed under their votes. Have the ballot opened"
        " anew first; whoever votes then reads the new text."
    )


@wording("findings_before_the_panel")
def _findings_before_the_panel(parameters: Mapping[str, Any]) -> str:
    return _(
        "The file is before those who decide on it, and they judge by what stands here. Ask a coordinator, if it"
        " has to be amended."
    )


@wording("no_seat")
def _no_seat(parameters: Mapping[str, Any]) -> str:
    return _(
        "You are not among those who vote in this ballot: they were on the panel when it was opened and, where a"
        " sitting decides the file, are convened to it. A coordinator can convene you, or open a new ballot."
    )


@wording("not_noted_as_present")
def _not_noted_as_present(parameters: Mapping[str, Any]) -> str:
    return _(
        "The sitting goes on, and you are not noted as present. Ask whoever leads it to write down that you came;"
        " then vote."
    )


@wording("tied")
def _tied(parameters: Mapping[str, Any]) -> str:
    if parameters["casting"]:
        choice = choice_title(parameters["edition"], parameters["casting"])
        return _("Votes are equal, and the casting vote is for “%(choice)s”.") % isolated({"choice": choice})
    return _(
        "Votes are equal, and nobody with the casting vote has chosen between them. The coordinator can open a"
        " new ballot."
    )


@wording("recused")
def _recused(parameters: Mapping[str, Any]) -> str:
    return _("You have stepped aside from this file.")


@wording("recusal_unexplained")
def _recusal_unexplained(parameters: Mapping[str, Any]) -> str:
    return _("Say why you step aside from this file.")


@wording("recusal_after_vote")
def _recusal_after_vote(parameters: Mapping[str, Any]) -> str:
    return _(
        "You have voted in this ballot, and a vote stays what it is. Ask the coordinator for a new ballot; then"
        " you can step aside."
    )


@wording("recusal_too_late")
def _recusal_too_late(parameters: Mapping[str, Any]) -> str:
    return _("Nothing more is decided in this file, so there is nothing to step aside from.")


@wording("dissent_unexplained")
def _dissent_unexplained(parameters: Mapping[str, Any]) -> str:
    return _("Say why you disagree.")


@wording("dissent_without_vote")
def _dissent_without_vote(parameters: Mapping[str, Any]) -> str:
    return _("You did not vote in this ballot; those dissent who were outvoted.")


@wording("dissent_too_early")
def _dissent_too_early(parameters: Mapping[str, Any]) -> str:
    return _("Not everybody has voted yet. You can dissent once the votes are open.")


@wording("dissent_from_nothing")
def _dissent_from_nothing(parameters: Mapping[str, Any]) -> str:
    return _(
        "You did not vote for anything else than what the ballot came to; those dissent who were outvoted."
    )


@wording("dissented_already")
def _dissented_already(parameters: Mapping[str, Any]) -> str:
    return _("Your dissent is on record. It is given once, and stays as it is.")


@wording("ballot_unused")
def _ballot_unused(parameters: Mapping[str, Any]) -> str:
    return _("Nobody has voted in the ballot that is open; there is nothing to vote on anew.")


@wording("no_such_choice")
def _no_such_choice(parameters: Mapping[str, Any]) -> str:
    choices = str(_(", ")).join(choice_title(parameters["edition"], each) for each in parameters["choices"])
    return _("Choose how you vote: %(choices)s.") % isolated({"choices": choices})


@wording("no_quorum")
def _no_quorum(parameters: Mapping[str, Any]) -> str:
    words = ngettext(
        "The quorum is %(wanted)d vote; %(have)d has been cast.",
        "The quorum is %(wanted)d votes; %(have)d have been cast.",
        parameters["wanted"],
    ) % isolated(parameters)
    return f"{words} {quorum_remedy()}" if parameters.get("ended") else words


def quorum_remedy() -> str:
    """What is done where those who have a seat are too few, or a ballot was closed too early."""
    return _(
        "Once this ballot is over, a coordinator sees to it that enough members can vote, convening another one"
        " where a sitting decides, and has the ballot opened anew."
    )


@wording("votes_short")
def _votes_short(parameters: Mapping[str, Any]) -> str:
    words = _("“%(choice)s” has %(have)d of %(of)d votes; it needs %(share)s.") % {
        "choice": isolate(choice_title(parameters["edition"], parameters["choice"])),
        "have": parameters["have"],
        "of": parameters["of"],
        "share": share_in_words(parameters["share"], more_than=parameters.get("more_than", False)),
    }
    abstained = parameters.get("abstained", 0)
    return f"{words} {_abstentions(abstained)}" if abstained else words


def share_in_words(share: str, *, more_than: bool) -> str:
    """The share of those who did not abstain, as the rule has it: `share` is a fraction as text, and reached, or
    passed where it is `more_than`. Arabic takes it in the genitive."""
    known = (MORE_THAN if more_than else AT_LEAST).get(share)
    if known is not None:
        return str(known)
    words = _("more than %(share)s of the votes") if more_than else _("at least %(share)s of the votes")
    return words % isolated({"share": share})


def _abstentions(count: int) -> str:
    return ngettext(
        "%(count)d abstention is not counted.", "%(count)d abstentions are not counted.", count
    ) % isolated({"count": count})
