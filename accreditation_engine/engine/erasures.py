"""What can be erased by law, and what was.

The engine knows no narratives and no notes. Each folder below it registers, when its app is ready, the kinds of
text that it keeps of a file or of a person; comments lie in the trail and are registered here. One list holds them
all, and one event of kind `erased` says of each that it went.

Erasing changes what earlier events hold digests of. `explained` tells such a change from any other.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet, Value

from accreditation_engine.trail.content import Actor
from accreditation_engine.trail.erasure import COMMENT, NothingToErase, erase_comment, say_erased
from accreditation_engine.trail.models import Event, Text
from accreditation_engine.trail.queries import erasures

from .bundles import registry as bundles
from .reasons import Reason, Refused
from .texts import unlike_text


@dataclass(frozen=True)
class Piece:
    """Something that can be erased: `text` is what will vanish, `which` tells it from others of its kind in the
    event (text and whole numbers), `about` says in codes where it stands. `author` is who wrote it, where that is
    known; `row` is the key of the row in which it lies, for the kind itself. It is
    erased whenever the piece is whose key is `goes_with`: a file with the text that it came with."""

    what: str
    stream: UUID
    which: Mapping[str, Any]
    text: str
    at: datetime | None = None
    author: UUID | None = None
    about: Mapping[str, Any] = field(default_factory=dict)
    row: Any = None
    goes_with: str = ""

    @property
    def key(self) -> str:
        """Names it among all others, for a form or a command."""
        return ":".join([self.what, str(self.stream), *(str(each) for each in self.which.values())])


def comment_key(stream: UUID, seq: int) -> str:
    """The key of what was said with an event."""
    return Piece(COMMENT, stream, {"seq": seq}, "").key


@dataclass(frozen=True)
class By:
    """Who erases, in which part, and why."""

    actor: Actor
    role: str
    reason: str
    edition: str = ""


@dataclass(frozen=True)
class Kind:
    """One kind of text. `pieces(of)` lists what stands of it in a file, or of a person; `erase(piece, by)` erases
    one within the caller's transaction, gives the event, and raises NothingToErase where it went meanwhile."""

    pieces: Callable[[UUID], Iterable[Piece]]
    erase: Callable[[Piece, By], Event]


in_files: dict[str, Kind] = {}
of_people: dict[str, Kind] = {}
beside_files: list[Callable[[UUID], QuerySet[Any]]] = []
"""Queries of the ids of streams that are not of a file, and whose comments are listed with it."""
beside_people: list[Callable[[UUID], QuerySet[Any]]] = []
"""The same of streams that are not of a person."""


def pieces_in_file(dossier: UUID) -> list[Piece]:
    """All that can be erased in a file (the id of its dossier), kind by kind."""
    return [piece for kind in in_files.values() for piece in kind.pieces(dossier)]


def pieces_of_person(person: UUID) -> list[Piece]:
    """All that can be erased of a person, beside what stands in files."""
    return [piece for kind in of_people.values() for piece in kind.pieces(person)]


def chosen(pieces: Iterable[Piece], keys: Collection[str]) -> list[Piece]:
    """Those of `pieces` that `keys` name, and what goes with them. Raises Refused for none, and for one that is
    not there any more."""
    wanted, all_ = set(keys), list(pieces)
    found = [piece for piece in all_ if piece.key in wanted]
    if not wanted:
        raise Refused([Reason("nothing_to_erase")])
    if len(found) < len(wanted):
        raise Refused([Reason("erased_meanwhile", {"count": len(wanted) - len(found)})])
    return [*found, *(piece for piece in all_ if piece.goes_with in wanted and piece.key not in wanted)]


def unlike_grounds(reason: str, basis: str) -> list[Reason]:
    """What is wrong with them: nothing is erased without a reason and the law that asks for it."""
    return [
        *unlike_text(reason, missing="erasure_without_reason", field="reason"),
        *unlike_text(basis, missing="erasure_without_basis", field="basis"),
    ]


def erase_pieces(kinds: Mapping[str, Kind], pieces: Sequence[Piece], by: By) -> list[Event]:
    """Erase all of `pieces` or none; gives an event for each. Raises Refused where one went meanwhile."""
    with transaction.atomic():
        try:
            return [kinds[piece.what].erase(piece, by) for piece in pieces]
        except NothingToErase:
            raise Refused([Reason("erased_meanwhile", {"count": 1})]) from None


def say(piece: Piece, by: By, **more: Any) -> Event:
    """The event that `piece` is erased; `more` is what else it says."""
    data = {"what": piece.what, **piece.which, **more}
    return say_erased(piece.stream, data, actor=by.actor, role=by.role, reason=by.reason, edition=by.edition)


def streams_of(dossier: UUID) -> list[UUID]:
    """The file itself and all of its own that have trails: findings, certificates, concerns. One query."""
    kinds = [
        rows([dossier]).order_by().annotate(listed=Value(place)).values_list("listed", "pk")
        for place, rows in enumerate(bundles.subjects.values())
    ]
    return [pk for _listed, pk in kinds[0].union(*kinds[1:], all=True).order_by("listed", "pk")]


@dataclass(frozen=True)
class Erased:
    """That something was erased: the event, and what it says."""

    event: Event
    data: Mapping[str, Any]


def erased_in(dossier: UUID) -> list[Erased]:
    """All that was erased in a file, in the order of its streams and their events."""
    return [Erased(event, data) for event, data in erasures(streams_of(dossier))]


def explained(name: str, judged: str, now: str, erased: Iterable[Erased]) -> list[Erased] | None:
    """The erasures that made the digest `judged`, which an event kept under `name` ("answers"), into `now`; none
    when the two are one. None where they do not explain the change: then it is something else that changed."""
    digest, steps = judged, []
    for each in erased:
        change = each.data.get(name)
        if digest != now and isinstance(change, Mapping) and change.get("before") == digest:
            digest = str(change.get("after"))
            steps.append(each)
    return steps if digest == now else None


def comments_in(streams: Collection[UUID], others: Iterable[QuerySet[Any]] = ()) -> Iterator[Piece]:
    """What was said beside events and still stands; also in streams whose ids `others` ask for. Two queries."""
    lies = Q(stream__in=streams)
    for each in others:
        lies |= Q(stream__in=each)
    texts = Text.objects.filter(lies, field="comment", text__isnull=False)
    rows = list(texts.order_by("stream", "seq").values_list("stream", "seq", "text"))
    numbers = {seq for _, seq, _ in rows}
    events = Event.objects.filter(stream__in={stream for stream, _, _ in rows}, seq__in=numbers)
    known = {(event.stream, event.seq): event for event in events.defer("body")}
    for stream, seq, text in rows:
        event = known.get((stream, seq))
        about = (
            {"kind": event.kind, "transition": event.transition, "edition": event.edition} if event else {}
        )
        yield Piece(
            COMMENT,
            stream,
            {"seq": seq},
            text or "",
            at=event.at if event else None,
            author=event.actor if event else None,
            about=about,
        )


def _erase_comment(piece: Piece, by: By) -> Event:
    return erase_comment(
        stream=piece.stream,
        seq=piece.which["seq"],
        actor=by.actor,
        role=by.role,
        reason=by.reason,
        edition=piece.about.get("edition", ""),
    )


def _comments_of_file(dossier: UUID) -> Iterator[Piece]:
    return comments_in(streams_of(dossier), [ids(dossier) for ids in beside_files])


in_files[COMMENT] = Kind(_comments_of_file, _erase_comment)


def _comments_of_person(person: UUID) -> Iterator[Piece]:
    return comments_in([person], [ids(person) for ids in beside_people])


of_people[COMMENT] = Kind(_comments_of_person, _erase_comment)
