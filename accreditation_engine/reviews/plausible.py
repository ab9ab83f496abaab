"""Whether steps that look at ratings and files looked at those that stood, as the events before them tell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from accreditation_engine.dossiers.guards import digest_of
from accreditation_engine.dossiers.replay import EVIDENCE
from accreditation_engine.engine.perform import JUDGED
from accreditation_engine.engine.replay.picture import Key, Picture
from accreditation_engine.engine.replay.plausible import doubted_by
from accreditation_engine.engine.replay.said import Said
from accreditation_engine.engine.replay.states import scheme_of

from .replay import ASSIGNMENTS, RATINGS
from .replay_consensus import AGREED

JUDGED_RATINGS = "judged_ratings"
"""Beside the tables of a picture: by the digest of all ratings that a step named, what was given then."""


@doubted_by("own_review_complete")
def judged_own_ratings(picture: Picture, event: Said, bound: Any) -> Iterator[str]:
    judged = event.data.get(JUDGED) or {}
    if not _alone("own_review_complete", event):
        return
    if (
        picture.whole
        and "ratings" in judged
        and judged["ratings"] != digest_of(_own(picture, str(event.actor)))
    ):
        yield "it judged other ratings than its actor had given"
    yield from _other_files(picture, judged)


@doubted_by("reconciled")
def judged_all_ratings(picture: Picture, event: Said, bound: Any) -> Iterator[str]:
    """Their digest is taken over numbers of assignments, of which events tell nothing. So it is compared with
    those that earlier steps named: equal where the ratings are the same, and only there."""
    judged, told = event.data.get(JUDGED) or {}, picture.rows(JUDGED_RATINGS)
    if not _alone("reconciled", event):
        return
    if picture.whole and "ratings" in judged:
        given, key = _given(picture), (judged["ratings"],)
        if any((key == other) != (row["given"].value == given) for other, row in told.items()):
            yield "it judged other ratings than were given by then"
        elif key not in told:
            picture.say(event, JUDGED_RATINGS, key, given=given)
    elif picture.whole and told:
        yield "it does not say what was judged, as steps before it do"
    yield from _other_files(picture, judged)


def _alone(guard: str, event: Said) -> bool:
    """Whether the step is one of a file itself, and no other guard says of which ratings it speaks."""
    scheme = scheme_of(event)
    if scheme is None or scheme.workflow.subject != "dossier":
        return False
    guards = {each.name for each in scheme.steps[event.transition].guards}
    return guards & {"own_review_complete", "reconciled"} == {guard}


def _other_files(picture: Picture, judged: Mapping[str, Any]) -> Iterator[str]:
    if "evidence" not in judged:
        return
    standing = [key for key, row in picture.rows(EVIDENCE).items() if row["taken_back_at"].value is None]
    rows = [dict(zip(("rubric", "criterion", "sha256"), key, strict=False)) for key in standing]
    if (judged["evidence"], judged.get("evidence_count", len(rows))) != (digest_of(rows), len(rows)):
        yield "it judged other files than were filed by then"


def _own(picture: Picture, reviewer: str) -> Iterable[Mapping[str, Any]]:
    reviews = {
        key
        for key, row in picture.rows(ASSIGNMENTS).items()
        if key[0] == reviewer and row["released_at"].value is None
    }
    return [
        {"rubric": key[2], "criterion": key[3], "value": row["value"].value}
        for key, row in picture.rows(RATINGS).items()
        if key[:2] in reviews and row["value"].value
    ]


def _given(picture: Picture) -> frozenset[Key]:
    """What the reviews gave that were sent and stand, with what was agreed on in its place."""
    sent = {
        key: row["sent_at"].value
        for key, row in picture.rows(ASSIGNMENTS).items()
        if row["sent_at"].value is not None and row["released_at"].value is None
    }
    latest = max(sent.values(), default=None)
    agreed = {
        (row["rubric"].value, row["criterion"].value): row["value"].value
        for row in picture.rows(AGREED).values()
        if latest is None or row["agreed_at"].value >= latest
    }
    rows = picture.rows(RATINGS).items()
    return frozenset((*key, row["value"].value, agreed.get(key[2:])) for key, row in rows if key[:2] in sent)
