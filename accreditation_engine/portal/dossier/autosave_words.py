"""What the script of pages that save themselves says, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accreditation_engine.organisations.models import User
from accreditation_engine.portal.templatetags.digits import in_digits_of_reader

from .autosave import work_of
from .reader import language

PLACE = "{}"
"""Stands where the script puts what it knows."""
_PLACE = {"at": PLACE}


def page_words(work: str, *, over: str = "") -> dict[str, Any]:
    """What the script of such a page says, and what it needs to say it in the reader's language; for
    parts/autosave.html. `over` says why nothing is taken any more."""
    return {"work": work, "left": [f"{work}/", []], "closed": over, "words": _words()}


def left_words(person: User, what: str, but: Iterable[object], over: str) -> dict[str, Any]:
    """The same for a page on which nothing is typed: it shows what was left of works of this kind that have no
    page any more, which are all but those named."""
    begin = work_of(person, f"{what}-")
    works = [work_of(person, f"{what}-{each}") for each in but]
    return {"work": begin, "left": [begin, works], "closed": over, "words": _words()}


def left_elsewhere(
    person: User, queue: str, *, reviews: Iterable[object] = (), files: Iterable[UUID] = ()
) -> dict[str, Any]:
    """For parts/unsent_elsewhere.html: what is left of all works of `person`, with the way to each. The `reviews`
    and those of `files` have a page; what is left of others lies beside the `queue`, an address, "" for whoever
    reviews nothing. No query."""
    begin = work_of(person, "")
    works = [work_of(person, f"review-{each}") for each in reviews]
    works += [reverse("dossier", args=[each]) for each in files]
    kinds = ["review-", "answers-"] if queue else ["answers-"]
    return {
        "knows": {"begin": begin, "standing": works, "queue": queue, "kinds": kinds},
        "words": {"work": begin, "left": [begin, []], "closed": "", "words": _words()},
    }


def _words() -> dict[str, Any]:
    reader = "ar-u-nu-" if language().startswith("ar") else "en-GB-u-nu-"
    return {
        "locale": reader + ("arab" if in_digits_of_reader("0") == "٠" else "latn"),
        "zone": settings.TIME_ZONE,
        "saving": _("Saving…"),
        "saved": _("Saved at %(at)s") % _PLACE,
        "typed": _("Not saved yet"),
        "all": _("All is saved, %(at)s") % _PLACE,
        "line": _in_every_number(_waiting),
        "fault": _("The site has a fault just now. It is tried again by itself."),
        "here": _("Kept on this device"),
        "nowhere": _("This browser keeps nothing: do not close the page before it is saved."),
        "refused": _("Not saved: %(why)s") % {"why": PLACE},
        "newer": _("Not saved: changed elsewhere meanwhile"),
        "choose": _("This was changed meanwhile, in another window or by somebody else. It now reads:"),
        "ended": _(
            "Your session has ended. What you typed stays here, and is sent once you have signed in again."
        ),
        "gone": _("This page is not open to you any more. Nothing more is taken from it."),
        "over": _("This was not saved"),
        "left": _in_every_number(_left),
        "throw": _("Throw away what was not sent? It cannot be brought back."),
        "copied": _("Copied"),
        "from": _("Typed from %(at)s on.") % _PLACE,
        "unchanged": _("Nothing had changed."),
    }


def _waiting(count: int) -> str:
    return ngettext(
        "Waiting for the line: %(count)s entry is kept on this device",
        "Waiting for the line: %(count)s entries are kept on this device",
        count,
    )


def _left(count: int) -> str:
    return ngettext(
        "%(count)s entry of an earlier visit was not sent",
        "%(count)s entries of an earlier visit were not sent",
        count,
    )


# A number that stands for each of the plural categories of CLDR, by which browsers choose.
_CATEGORIES = {"zero": 0, "one": 1, "two": 2, "few": 3, "many": 11, "other": 100}


def _in_every_number(words: Any) -> dict[str, str]:
    return {category: words(number) % {"count": PLACE} for category, number in _CATEGORIES.items()}
