"""Interests, objections and overrides in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accreditation_engine.engine.isolates import isolate, isolated
from accreditation_engine.engine.reasons import wording

from .known import ORGANISATION, OWN, Known

TITLES = {
    "member": gettext_lazy("acts for the organisation"),
    "former_member": gettext_lazy("acted for the organisation"),
    "coach": gettext_lazy("coached the organisation within two years"),
    "same_employer": gettext_lazy("works where the organisation's people work"),
    "decided": gettext_lazy("decided on this file"),
    "reviewed_last": gettext_lazy("reviewed the organisation's last file"),
    "objection_upheld": gettext_lazy("the organisation objected, and that was upheld"),
    "family": gettext_lazy("family tie"),
    "employer": gettext_lazy("tie by employment"),
    "business": gettext_lazy("business tie"),
    "other": gettext_lazy("another tie"),
}


def interest_title(code: str) -> str:
    return str(TITLES.get(code, code))


def interests_in_words(codes: Iterable[str]) -> str:
    """Several as a list with the language's own comma."""
    return str(_(", ")).join(interest_title(each) for each in codes)


def known_in_words(known: Known) -> str:
    """One interest with who said so, and when."""
    facts = known.facts or {}
    title = interest_title(known.code)
    if "until" in facts:
        return _("%(title)s until %(day)s") % {"title": title, "day": _day(facts["until"])}
    said = {"title": title, "day": _day(facts["on"]) if "on" in facts else ""}
    if known.by == OWN:
        return _("%(title)s, declared by themselves on %(day)s") % said
    if known.by == ORGANISATION:
        return _("%(title)s, named by the organisation on %(day)s") % said
    return title


def _day(written: str) -> str:
    return isolate(date_format(date.fromisoformat(written), "j F Y"))


@wording("nothing_to_declare")
def _nothing_to_declare(parameters: Mapping[str, Any]) -> str:
    return _("Nobody asks you to declare interests in this file: you have no part in it that judges.")


@wording("no_interest_chosen")
def _no_interest_chosen(parameters: Mapping[str, Any]) -> str:
    return _("Say what ties you to the organisation: choose yes at one question at least.")


@wording("interest_unexplained")
def _interest_unexplained(parameters: Mapping[str, Any]) -> str:
    return _("Say in a sentence what the tie is: %(kind)s.") % isolated(
        {"kind": interest_title(parameters["kind"])}
    )


@wording("not_your_tie")
def _not_your_tie(parameters: Mapping[str, Any]) -> str:
    return _(
        "Only whoever declared a tie takes it back, and only while they hold the role in which they declared it."
    )


@wording("withdrawal_open")
def _withdrawal_open(parameters: Mapping[str, Any]) -> str:
    return _("You have taken this tie back already. A coordinator answers, and you are told.")


@wording("tie_withdrawn")
def _tie_withdrawn(parameters: Mapping[str, Any]) -> str:
    return _("This tie is taken back already, and keeps you from nothing any more.")


@wording("own_withdrawal")
def _own_withdrawal(parameters: Mapping[str, Any]) -> str:
    return _("You have declared this tie yourself. Another coordinator has to confirm that it was a mistake.")


@wording("withdrawal_closed")
def _withdrawal_closed(parameters: Mapping[str, Any]) -> str:
    return _("It has been answered already whether this tie was declared by mistake.")


@wording("nobody_named")
def _nobody_named(parameters: Mapping[str, Any]) -> str:
    return _("Write the name of the person whom the tie is with.")


@wording("no_such_tie")
def _no_such_tie(parameters: Mapping[str, Any]) -> str:
    return _("Choose of what kind the tie is.")


@wording("objection_not_asked")
def _objection_not_asked(parameters: Mapping[str, Any]) -> str:
    return _("Under this scheme no objections are raised to reviewers. Write to the coordinator instead.")


@wording("objection_too_late")
def _objection_too_late(parameters: Mapping[str, Any]) -> str:
    words = _(
        "The time for an objection ended on %(day)s. If you have learnt of a tie since, name it under"
        " “A tie with somebody”."
    )
    return words % {"day": _day(parameters["until"])}


@wording("objected_already")
def _objected_already(parameters: Mapping[str, Any]) -> str:
    return _("You have objected to this reviewer already. An objection is raised once.")


@wording("reviewer_gone")
def _reviewer_gone(parameters: Mapping[str, Any]) -> str:
    return _("%(name)s does not review your file any more, so there is nothing to object to.") % isolated(
        parameters
    )


@wording("objection_closed")
def _objection_closed(parameters: Mapping[str, Any]) -> str:
    return _("This objection has been answered already.")


@wording("objection_open")
def _objection_open(parameters: Mapping[str, Any]) -> str:
    return _(
        "The organisation has objected to you as reviewer. The coordinator answers first; what you have rated"
        " stays saved."
    )


@wording("objections_open")
def _objections_open(parameters: Mapping[str, Any]) -> str:
    return _("An objection of the organisation to a reviewer is still open. Answer it first.")


@wording("no_interest_known")
def _no_interest_known(parameters: Mapping[str, Any]) -> str:
    return _("No interest of %(name)s is known here, so nothing has to be allowed.") % isolated(parameters)


@wording("interest_final")
def _interest_final(parameters: Mapping[str, Any]) -> str:
    words = _("Nobody can allow %(name)s to judge this file: %(interests)s. Choose somebody else.")
    return words % isolated(
        {"name": parameters["name"], "interests": interests_in_words(parameters["interests"])}
    )


@wording("override_open")
def _override_open(parameters: Mapping[str, Any]) -> str:
    return _("It is proposed already to allow %(name)s to judge this file. A second person answers that.") % (
        isolated(parameters)
    )


@wording("override_closed")
def _override_closed(parameters: Mapping[str, Any]) -> str:
    return _("This proposal has been answered already.")


@wording("own_override")
def _own_override(parameters: Mapping[str, Any]) -> str:
    return _("Nobody allows themselves to judge. Two others have to do it.")


@wording("second_person")
def _second_person(parameters: Mapping[str, Any]) -> str:
    return _(
        "You have proposed this yourself. A second person has to agree: another coordinator, or an"
        " administrator."
    )
