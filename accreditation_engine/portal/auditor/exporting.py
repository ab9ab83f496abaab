"""The result of a search taken away: what there is, and the events of it, some at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from accreditation_engine.trail.search import batches

from .filters import Filters
from .spoken import Spoken, spoken

Item = TypeVar("Item")
CSV, LINES, PAPER, BUNDLE = "csv", "jsonl", "pdf", "zip"


@dataclass(frozen=True)
class Offer:
    """`kind` is a file's ending, `posts` whether asking for it writes (a bundle makes a checkpoint)."""

    kind: str
    title: str
    url: str
    posts: bool = False


def offered(filters: Filters, events: Sequence[Spoken]) -> list[Offer]:
    """The files in which this search can be had; a bundle as well where all `events` are of one file."""
    offers = _of_search(filters.address())
    files = {each.about.dossier.pk if each.about.dossier else None for each in events}
    if len(files) == 1 and (pk := files.pop()):
        address = reverse("audit_bundle", args=[pk])
        offers.append(
            Offer(BUNDLE, _("All of this file, to be checked without this site (bundle)"), address, True)
        )
    return offers


def offered_of_sample(seq: int) -> list[Offer]:
    """The files in which all events of the files of a sample can be had, and a bundle of just these files."""
    bundle = reverse("audit_sample_bundle", args=[seq])
    title = _("All of these files, to be checked without this site (bundle)")
    return [*_of_search(f"?sample={seq}"), Offer(BUNDLE, title, bundle, True)]


def _of_search(query: str) -> list[Offer]:
    titles = {
        CSV: _("Table (CSV)"),
        LINES: _("Events as they are (JSON Lines)"),
        PAPER: _("On paper (PDF)"),
    }
    return [
        Offer(kind, title, reverse("audit_export", args=[kind]) + query) for kind, title in titles.items()
    ]


def readable(filters: Filters, events: list[Spoken]) -> list[Spoken]:
    """What words were looked for in comments must not tell of a comment that is withheld."""
    return [each for each in events if each.entry["comment"]] if "q" in filters.asked else events


def events_told(filters: Filters) -> Iterator[list[Spoken]]:
    """All events of the search, some at a time, what is withheld marked as on pages. Memory does not grow with
    their number."""
    for events in batches(filters.events(), newest_first=filters.newest_first):
        yield readable(filters, spoken(filters.desk.person, events))


def in_language(language: str, items: Iterable[Item]) -> Iterator[Item]:
    """`items`, each made while `language` is active: a streamed answer is made when the request is over."""
    iterator = iter(items)
    while True:
        with translation.override(language):
            try:
                item = next(iterator)
            except StopIteration:
                return
        yield item
