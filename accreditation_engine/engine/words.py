"""The engine's own reasons, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from .compiled import compiled
from .isolates import isolated
from .reasons import wording
from .role_words import roles_in_words
from .unusable import usable

_for_applicant: ContextVar[bool] = ContextVar("for_applicant", default=False)


@contextmanager
def words_for_applicants(wanted: bool = True) -> Iterator[None]:
    """Inside the block, when `wanted`, states bear the titles that applicants read, in reasons as well."""
    before = _for_applicant.set(wanted)
    try:
        yield
    finally:
        _for_applicant.reset(before)


def told_to_applicants() -> bool:
    """Whether the words are made inside such a block."""
    return _for_applicant.get()


def scheme_title(scheme: str, edition: str) -> str:
    """The title of a scheme that is open under `edition`, in the active language; its id where that edition is not
    usable."""
    known = usable(edition)
    return known.workflow.title.in_language(get_language() or "ar") if known else scheme


def state_title(edition: str, state: str) -> str:
    """A state's title in the active language, from the edition that knows it."""
    known = compiled(edition).workflow.states[state]
    title = (known.public_title if _for_applicant.get() else None) or known.title
    return title.in_language(get_language() or "ar")


def transition_title(edition: str, transition: str) -> str:
    """A transition's title in the active language; its name where the edition does not know it."""
    known = compiled(edition).workflow.transitions.get(transition)
    return known.title.in_language(get_language() or "ar") if known else transition


def told_of(edition: str, transition: str, role: str) -> str:
    """What the edition says to `role` when the step is taken, in the active language; "" where it says nothing."""
    known = compiled(edition).workflow.transitions.get(transition)
    told = known.told.get(role) if known else None
    return told.in_language(get_language() or "ar") if told else ""


@wording("stale_page")
def _stale_page(parameters: Mapping[str, Any]) -> str:
    state = state_title(parameters["edition"], parameters["state"])
    return _(
        "The file has moved on since you opened this page, or something in it was changed; it is now in"
        " “%(state)s”. Read it again."
    ) % isolated({"state": state})


@wording("interest_bars")
def _interest_bars(parameters: Mapping[str, Any]) -> str:
    return _("You have an interest in this organisation, so its file is for others to handle.")


@wording("no_part")
def _no_part(parameters: Mapping[str, Any]) -> str:
    return _("You have no part in this file.")


@wording("declare_first")
def _declare_first(parameters: Mapping[str, Any]) -> str:
    return _(
        "Declare first whether you have an interest in this organisation. The file opens to you when you have"
        " declared that you have none."
    )


@wording("unknown_transition")
def _unknown_transition(parameters: Mapping[str, Any]) -> str:
    return _("This file's workflow has no step called “%(transition)s”.") % isolated(
        {"transition": parameters["transition"]}
    )


@wording("not_your_role")
def _not_your_role(parameters: Mapping[str, Any]) -> str:
    return _("This step is taken by: %(roles)s. Ask them, or sign in with that role.") % isolated(
        {"roles": roles_in_words(parameters["roles"])}
    )


@wording("reads_only")
def _reads_only(parameters: Mapping[str, Any]) -> str:
    return _("You read for the organisation and change nothing. Ask one of its owners to make you a member.")


@wording("wrong_state")
def _wrong_state(parameters: Mapping[str, Any]) -> str:
    return _(
        "“%(transition)s” is not possible while the file is in “%(state)s”. Open the file to see what is."
    ) % isolated(
        {
            "transition": transition_title(parameters["edition"], parameters["transition"]),
            "state": state_title(parameters["edition"], parameters["state"]),
        }
    )


@wording("comment_missing")
def _comment_missing(parameters: Mapping[str, Any]) -> str:
    return _("Say why: this step needs a comment.")


@wording("text_too_long")
def _text_too_long(parameters: Mapping[str, Any]) -> str:
    return (
        _("The text has %(count)d characters; at most %(most)d are taken. Shorten it, or put it in a file.")
        % parameters
    )


@wording("comment_not_taken")
def _comment_not_taken(parameters: Mapping[str, Any]) -> str:
    return _("This step takes no comment. Send it without one.")


@wording("deadline_passed")
def _deadline_passed(parameters: Mapping[str, Any]) -> str:
    if _for_applicant.get():
        return _("The time for this is over. Ask the coordinator what can still be done.")
    return _(
        "The deadline was %(date)s. What follows now is “%(then)s”; ask the coordinator for anything else."
    ) % isolated(
        {
            "date": date_format(date.fromisoformat(parameters["at"]), "j F Y"),
            "then": transition_title(parameters["edition"], parameters["then"]),
        }
    )


@wording("involved")
def _involved(parameters: Mapping[str, Any]) -> str:
    return _(
        "You have dealt with this file as %(roles)s. Nobody decides in a case they had a hand in; leave it to a"
        " colleague."
    ) % isolated({"roles": roles_in_words(parameters["roles"])})


@wording("scheme_not_open")
def _scheme_not_open(parameters: Mapping[str, Any]) -> str:
    return _(
        "The scheme “%(scheme)s” is not open. Load its definition first: manage.py load_schemes."
    ) % isolated({"scheme": parameters["scheme"]})
