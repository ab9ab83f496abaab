"""What was judged against what stands: each piece that is not as it was, named."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from accreditation_engine.dossiers.guards import digest_of, pieces_of_evidence
from accreditation_engine.dossiers.stored_files import stored_otherwise
from accreditation_engine.engine.compiled import Compiled
from accreditation_engine.reviews.open_findings import still_open
from accreditation_engine.reviews.pieces import FIRST, PIECES, SHEET, pieces_of, sheets_judged
from accreditation_engine.reviews.sheets import as_judged

Pieces = Mapping[str, Any]
OF_RATINGS = frozenset({"rating", "ratings", "review", "review_gone", "review_added", "consensus"})


@dataclass(frozen=True)
class Change:
    """`what` is a code, `about` says in codes which piece. `explained`: an act of its own led to it, after the
    decision and as it may."""

    what: str
    about: Mapping[str, Any] = field(default_factory=dict)
    explained: bool = False

    def __str__(self) -> str:
        return f"{self.what} {', '.join(str(each) for each in self.about.values())}".strip()


@dataclass(frozen=True)
class Decided:
    """What a decision's event holds."""

    judged: Mapping[str, Any]
    edition: str


def differences(then: Decided, scheme: Compiled, now: Mapping[str, Any], contents: bool) -> Iterator[Change]:
    """Every piece that differs. Of an event from before pieces were kept, what its digests can tell. `contents`:
    stored files are read as a whole."""
    pieces = then.judged.get(PIECES)
    found = list(_as_a_whole(then.judged, now) if pieces is None else _piece_by_piece(pieces, now))
    yield from found
    yield from _editions(then, scheme)
    rated = any(each.what in OF_RATINGS for each in found)
    yield from _sheets(then.judged, scheme, now, rated=rated)
    yield from _votes(then.judged, now["all_votes"])
    yield from _stored(pieces, now["files"], contents)


def _as_a_whole(judged: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[Change]:
    for name, digest in (
        ("ratings", digest_of(as_judged(now["ratings"]))),
        ("evidence", digest_of(now["evidence"])),
    ):
        if judged.get(name, digest) != digest:
            yield Change(name)


def _piece_by_piece(pieces: Pieces, now: Mapping[str, Any]) -> Iterator[Change]:
    today = pieces_of(now)
    yield from _evidence(pieces["evidence"], pieces_of_evidence(now["evidence"]))
    yield from _reviews(pieces, today)
    yield from _consensus(pieces["consensus"], today["consensus"])
    yield from _findings(pieces["findings"], today["findings"], now["findings"])
    if pieces.get("scope") != today.get("scope"):
        yield Change("scope")


def _by_criterion(*pieces: Mapping[str, Mapping[str, Any]]) -> list[tuple[str, str]]:
    return sorted({(rubric, name) for each in pieces for rubric, found in each.items() for name in found})


def _evidence(then: Any, today: Any) -> Iterator[Change]:
    for rubric, criterion in _by_criterion(then, today):
        before = Counter(then.get(rubric, {}).get(criterion, ()))
        after = Counter(today.get(rubric, {}).get(criterion, ()))
        gone, added = sorted((before - after).elements()), sorted((after - before).elements())
        about = {"rubric": rubric, "criterion": criterion}
        pairs = min(len(gone), len(added))
        for old, new in zip(gone[:pairs], added[:pairs], strict=True):
            yield Change("evidence_replaced", {**about, "sha256": new, "before": old})
        for sha256 in gone[pairs:]:
            yield Change("evidence_gone", {**about, "sha256": sha256})
        for sha256 in added[pairs:]:
            yield Change("evidence_added", {**about, "sha256": sha256})


def _reviews(then: Pieces, today: Pieces) -> Iterator[Change]:
    """Reviews by their reviewers; of one that differs, every criterion that does."""
    before = {each["reviewer"]: (number, each["ratings"]) for number, each in enumerate(then["reviews"])}
    after = {each["reviewer"]: (number, each["ratings"]) for number, each in enumerate(today["reviews"])}
    for reviewer in sorted(before.keys() | after.keys()):
        if reviewer not in after:
            yield Change("review_gone", {"reviewer": reviewer})
        elif reviewer not in before:
            yield Change("review_added", {"reviewer": reviewer})
        else:
            (was, old), (is_, new) = before[reviewer], after[reviewer]
            ratings = list(_ratings(reviewer, then["ratings"], was, today["ratings"], is_))
            yield from ratings
            if old != new and not ratings:
                yield Change("review", {"reviewer": reviewer})


def _ratings(reviewer: str, then: Any, was: int, today: Any, is_: int) -> Iterator[Change]:
    for rubric, criterion in _by_criterion(then, today):
        old, new = _at(then, rubric, criterion, was), _at(today, rubric, criterion, is_)
        if old != new:
            about = {"rubric": rubric, "criterion": criterion, "reviewer": reviewer}
            yield Change("rating", {**about, "before": old or "", "after": new or ""})


def _at(ratings: Any, rubric: str, criterion: str, number: int) -> str | None:
    values = ratings.get(rubric, {}).get(criterion, ())
    return values[number] if number < len(values) else None


def _consensus(then: Any, today: Any) -> Iterator[Change]:
    for rubric, criterion in _by_criterion(then, today):
        old = then.get(rubric, {}).get(criterion, "")
        new = today.get(rubric, {}).get(criterion, "")
        if old != new:
            about = {"rubric": rubric, "criterion": criterion}
            yield Change("consensus", {**about, "before": old, "after": new})


def _findings(then: Any, today: Any, rows: list[Mapping[str, Any]]) -> Iterator[Change]:
    """A finding moves on by acts of its own, whose events count up. Raised later, it was not judged."""
    known = dict(zip(today, rows, strict=True))
    for pk, old in then.items():
        row = known.get(pk)
        if row is None:
            yield Change("finding_gone", {"finding": pk})
            continue
        about = {"finding": pk, "rubric": row["rubric"], "criterion": row["criterion"]}
        moved = row["state_seq"] > old["seq"]
        if not moved and (row["state"], row["state_seq"]) != (old["state"], old["seq"]):
            yield Change("finding", about)
        elif moved and _open(row, row["state"]) and not _open(row, old["state"]):
            yield Change("finding_reopened", about, explained=True)


def _open(row: Mapping[str, Any], state: str) -> bool:
    return still_open(row["edition_id"], state)


def _editions(then: Decided, scheme: Compiled) -> Iterator[Change]:
    if then.edition != scheme.edition:
        yield Change("edition", {"edition": then.edition})
    for rubric, pin in then.judged.get(PIECES, {}).get("editions", {}).items():
        if scheme.pins.get(rubric) != pin:
            yield Change("edition", {"edition": pin})


def _sheets(
    judged: Mapping[str, Any], scheme: Compiled, now: Mapping[str, Any], *, rated: bool
) -> Iterator[Change]:
    """A sheet may be written otherwise by a later version of the site, from the same ratings: its digest counts
    where they differ, what it came to always. A first assessment may change by acts of its own file; then growth
    is counted anew, which is no change of this one."""
    rubrics = [each for name, each in scheme.rubrics.items() if SHEET + name in judged]
    try:
        today = sheets_judged(rubrics, now)
    except ValueError:  # what stands as a rating is none any more
        yield from (Change("sheet", {"rubric": each.id}) for each in rubrics)
        return
    for rubric in rubrics:
        old, new = judged[SHEET + rubric.id], today[SHEET + rubric.id]
        other_first = judged.get(FIRST + rubric.id) != today.get(FIRST + rubric.id)
        came_to = (old["outcome"], old["percent"]) != (new["outcome"], new["percent"])
        if (came_to and not other_first) or (rated and old["digest"] != new["digest"]):
            yield Change("sheet", {"rubric": rubric.id})


def _votes(judged: Mapping[str, Any], votes: list[Mapping[str, Any]]) -> Iterator[Change]:
    if "cast" not in judged:
        return
    counted = {each["seq"]: each["choice"] for each in judged["cast"]}
    today = {each["seq"]: each["choice"] for each in votes if each["number"] == judged["ballot"]}
    for seq in sorted(counted.keys() | today.keys()):
        if counted.get(seq) != today.get(seq):
            yield Change("vote", {"seq": seq})


def _stored(pieces: Pieces | None, files: list[Mapping[str, Any]], contents: bool) -> Iterator[Change]:
    """Content that was erased by law is not looked for."""
    for each in files:
        about = {name: each[name] for name in ("rubric", "criterion", "sha256")}
        if each["content_erased_at"] or not _judged_file(pieces, each):
            continue
        sha256 = each["sha256"] if contents else None
        wrong = stored_otherwise(each["file"], size=each["size"], sha256=sha256)
        if wrong:
            yield Change(wrong, about)


def _judged_file(pieces: Pieces | None, row: Mapping[str, Any]) -> bool:
    """Of an event from before pieces were kept, any may have been."""
    if pieces is None:
        return True
    return row["sha256"] in pieces["evidence"].get(row["rubric"], {}).get(row["criterion"], ())
