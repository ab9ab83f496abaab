"""Reasons about places and claims, in words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accreditation_engine.engine.isolates import isolated
from accreditation_engine.engine.reasons import wording
from accreditation_engine.reviews.interests.words import interests_in_words


@wording("claims_closed")
def _claims_closed(parameters: Mapping[str, Any]) -> str:
    return _("Under this scheme a coordinator asks reviewers; nobody takes a file by themself.")


@wording("not_in_queue")
def _not_in_queue(parameters: Mapping[str, Any]) -> str:
    return _("This file waits for no reviewer now. Look into your queue again for those that do.")


@wording("places_taken")
def _places_taken(parameters: Mapping[str, Any]) -> str:
    return ngettext(
        "Somebody was faster: the one place of this file is taken. Take the next file.",
        "Somebody was faster: all %(places)d places of this file are taken. Take the next file.",
        parameters["places"],
    ) % isolated(parameters)


@wording("queue_moved")
def _queue_moved(parameters: Mapping[str, Any]) -> str:
    return _(
        "Your reviews have changed since this page was opened. Look at them first, then take another file."
    )


@wording("given_back")
def _given_back(parameters: Mapping[str, Any]) -> str:
    return _(
        "You had this file before, and it went back or to somebody else. A coordinator can ask you to review it"
        " again."
    )


@wording("own_load_full")
def _own_load_full(parameters: Mapping[str, Any]) -> str:
    return _(
        "You write as many reviews as a coordinator has set for you: %(most)d at a time. Send or release one"
        " first, or ask the coordinator to let you have more."
    ) % isolated(parameters)


@wording("not_a_reviewer")
def _not_a_reviewer(parameters: Mapping[str, Any]) -> str:
    return _("You do not hold the role of reviewer for this scheme. An administrator can grant it.")


@wording("yours_already")
def _yours_already(parameters: Mapping[str, Any]) -> str:
    return _("You review this file already. Open it from your queue.")


@wording("your_interest")
def _your_interest(parameters: Mapping[str, Any]) -> str:
    return _("You have an interest in this organisation or its file, so it is for others: %(interests)s.") % (
        isolated({"interests": interests_in_words(parameters["interests"])})
    )


@wording("review_handed_over")
def _review_handed_over(parameters: Mapping[str, Any]) -> str:
    day = date_format(date.fromisoformat(parameters["on"]), "j F Y")
    return _(
        "This review was handed over to somebody else on %(day)s, so nothing of it is kept any more."
    ) % (isolated({"day": day}))
