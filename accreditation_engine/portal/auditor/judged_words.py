"""The pieces that a decision's event names, in words, as far as their reader may see them (docs/decisions/021)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Protocol

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accreditation_engine.decisions.words import choice_title
from accreditation_engine.dossiers.scope import Scope
from accreditation_engine.dossiers.scope_words import scope_in_words
from accreditation_engine.engine.compiled import Compiled, compiled
from accreditation_engine.engine.isolates import isolate, isolated
from accreditation_engine.portal.dossier.reader import language
from accreditation_engine.portal.dossier.rubrics import criterion_titles, given
from accreditation_engine.portal.panel.sealed import sees_ballot
from accreditation_engine.reviews.pieces import PIECES

Fact = dict[str, Any]

SEEN_WITH = {"evidence": "evidence", "ratings": "ratings", "findings": "findings"}
"""What a reader must see for the pieces to be shown as they stand in the event."""


class Eyes(Protocol):
    def sees(self, *things: str) -> bool: ...


def pieces_seen(judged: Mapping[str, Any], reader: Eyes) -> bool:
    """Whether the reader may see all pieces that there are."""
    return PIECES not in judged or all(reader.sees(each) for each in SEEN_WITH.values())


def in_pieces(judged: Mapping[str, Any], edition: str, reader: Eyes) -> Iterator[Fact]:
    """For parts/facts.html: how many of each there were, and behind it each. Nothing for events from before pieces
    were kept."""
    pieces, scheme = judged.get(PIECES), compiled(edition)
    if pieces is None:
        return
    if reader.sees("evidence"):
        yield _evidence(pieces["evidence"], scheme)
    if reader.sees("ratings"):
        yield from _ratings(pieces, scheme)
    if reader.sees("findings"):
        yield _findings(pieces["findings"])
    if "cast" in judged and sees_ballot(reader, judged.get("ballot")):
        yield _votes(judged["cast"], edition)
    yield _editions(pieces["editions"], scheme)
    if "scope" in pieces and reader.sees("answers"):
        yield {"term": _("Scope of the certificate"), "value": scope_in_words(Scope(**pieces["scope"]))}


def _evidence(evidence: Mapping[str, Mapping[str, list[str]]], scheme: Compiled) -> Fact:
    titles = criterion_titles(scheme)
    lines = [
        _line(titles.get((rubric, criterion), criterion), sha256)
        for rubric, criteria in evidence.items()
        for criterion, some in criteria.items()
        for sha256 in some
    ]
    count = len(lines)
    value = ngettext("%(count)d file", "%(count)d files", count) % {"count": count}
    return {"term": _("Evidence, file by file"), "value": value, "folded": lines}


def _ratings(pieces: Mapping[str, Any], scheme: Compiled) -> Iterator[Fact]:
    lines = _by_criterion(pieces["ratings"], scheme)
    reviews = [isolate(each["ratings"]) for each in pieces["reviews"]]
    count = len(reviews)
    value = ngettext("%(count)d review", "%(count)d reviews", count) % {"count": count}
    yield {"term": _("Ratings, criterion by criterion"), "value": value, "folded": lines}
    yield {"term": _("Digests of the reviews"), "value": value, "folded": reviews}
    if pieces["consensus"]:
        agreed = _by_criterion(pieces["consensus"], scheme)
        value = ngettext("%(count)d criterion", "%(count)d criteria", len(agreed)) % {"count": len(agreed)}
        yield {"term": _("Agreed by consensus"), "value": value, "folded": agreed}


def _by_criterion(ratings: Mapping[str, Mapping[str, Any]], scheme: Compiled) -> list[str]:
    titles = criterion_titles(scheme)
    return [
        _line(titles.get((rubric, criterion), criterion), _given(scheme, rubric, values))
        for rubric, criteria in ratings.items()
        for criterion, values in criteria.items()
    ]


def _given(scheme: Compiled, rubric: str, values: Any) -> str:
    known = scheme.rubrics.get(rubric)
    each = values if isinstance(values, list) else [values]
    words = [
        (given(known, value)["rating"] if known else value) if value else _("left open") for value in each
    ]
    return str(_(", ")).join(isolate(word) for word in words)


def _findings(findings: Mapping[str, Mapping[str, Any]]) -> Fact:
    lines = [
        _("%(finding)s, as of its event %(seq)d") % isolated({"finding": name, "seq": each["seq"]})
        for name, each in findings.items()
    ]
    count = len(lines)
    value = ngettext("%(count)d finding", "%(count)d findings", count) % {"count": count}
    return {"term": _("Findings as they stood"), "value": value, "folded": lines}


def _votes(cast: list[Mapping[str, Any]], edition: str) -> Fact:
    lines = [
        _("Event %(seq)d: %(choice)s")
        % isolated({"seq": each["seq"], "choice": choice_title(edition, each["choice"])})
        for each in cast
    ]
    count = len(lines)
    value = ngettext("%(count)d vote", "%(count)d votes", count) % {"count": count}
    return {"term": _("Votes that counted"), "value": value, "folded": lines}


def _editions(editions: Mapping[str, str], scheme: Compiled) -> Fact:
    lines = [
        _line(scheme.rubrics[name].title.in_language(language()) if name in scheme.rubrics else name, pin)
        for name, pin in editions.items()
    ]
    value = ngettext("%(count)d rubric", "%(count)d rubrics", len(lines)) % {"count": len(lines)}
    return {"term": _("Editions judged by"), "value": value, "folded": lines}


def _line(name: str, value: str) -> str:
    return _("%(name)s: %(value)s") % isolated({"name": name, "value": value})
