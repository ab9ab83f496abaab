"""The trail, and all that stands in tables against it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from uuid import UUID

from django.db.models import Exists, OuterRef, Subquery

from accreditation_engine.definitions.editions import content_hash
from accreditation_engine.trail.folded_copies import compare_folded
from accreditation_engine.trail.models import Event
from accreditation_engine.trail.stored import AT_ONCE
from accreditation_engine.trail.verification import Problem, Tally, verify

from .kinds_known import erased_by_others, unknown_kinds
from .models import Edition, Scheme
from .registry import subject_models
from .replay.plausible import held_then
from .replay.sharing import differences

More = Callable[[UUID | None, bool, Tally], Iterator[Problem]]
"""Problems of a stream, or of all; told whether stored files are to be read as a whole, and counting them."""

more: list[More] = []
"""What the folders below look at besides; they register it when their app is ready."""


def verify_all(
    *, stream: UUID | None = None, tally: Tally | None = None, contents: bool = False
) -> Iterator[Problem]:
    """Every problem of the trail itself and of what the search looks through; when no stream is named, every
    edition that is not what it was, before all that follows from it; then kinds that nothing writes, and erasures
    that nobody might; then every event that cannot have happened, every subject, row and scheme that does not
    stand as a replay says; and what folders look at, with `contents` every stored file as a whole."""
    yield from verify(stream=stream, tally=tally)
    yield from compare_folded(stream)
    if stream is None:
        yield from _editions()
    yield from unknown_kinds(stream)
    yield from erased_by_others(stream, held_then())
    yield from differences(stream, tally)
    for each in more:
        yield from each(stream, contents, tally or Tally())
    yield from _gone(stream)
    yield from _schemes(stream)


def verify_tables(*, stream: UUID | None = None, tally: Tally | None = None) -> Iterator[Problem]:
    """What a replay alone finds: events are taken as they lie."""
    yield from differences(stream, tally)
    yield from _gone(stream)


def _gone(stream: UUID | None) -> Iterator[Problem]:
    """Subjects that were opened and are not there any more."""
    opened = Event.objects.filter(seq=1, source="").exclude(target="").order_by("stream")
    for model in subject_models():
        opened = opened.exclude(Exists(model._default_manager.filter(pk=OuterRef("stream"))))
    for event in (opened if stream is None else opened.filter(stream=stream)).iterator(AT_ONCE):
        yield Problem(event.stream, 1, "state", "what was opened then is not there any more")


def _schemes(stream: UUID | None) -> Iterator[Problem]:
    """Schemes that are open under another edition than was written down."""
    said = Event.objects.filter(stream=OuterRef("stream"), kind="activated").order_by("-seq")
    schemes = (
        Scheme.objects.select_related("edition")
        .order_by("pk")
        .annotate(said=Subquery(said.values("edition")[:1]))
    )
    for scheme in schemes if stream is None else schemes.filter(stream=stream):
        if scheme.said != scheme.edition_id:
            detail = f"the scheme {scheme.pk} is open under an edition that no event speaks of"
            yield Problem(scheme.stream, 0, "scheme", detail)
        elif scheme.subject != (moved := _named_in(scheme.edition).get("subject", scheme.subject)):
            detail = f"the scheme {scheme.pk} moves '{scheme.subject}' and its edition says '{moved}'"
            yield Problem(scheme.stream, 0, "scheme", detail)


def _editions() -> Iterator[Problem]:
    """Text where bytes belong is read by nobody: SQLite lets it lie there."""
    for edition in Edition.objects.order_by("pk").iterator(AT_ONCE):
        content = edition.content
        if isinstance(content, str) or content_hash(bytes(content)) != edition.pk:
            detail = f"the edition {edition} is not what it was when it was stored"
            yield Problem(edition.pk, 0, "edition", detail)
            continue
        said = _named_in(edition)
        columns = {"kind": said.get("kind"), "name": said.get("name"), "label": said.get("edition")}
        for column, value in columns.items():
            if getattr(edition, column) != value:
                detail = f"{column} is '{getattr(edition, column)}' and the edition itself says '{value}'"
                yield Problem(edition.pk, 0, "edition", detail)


def _named_in(edition: Edition) -> dict[str, str]:
    """What the content of an edition calls itself, beside its kind; nothing where it cannot be read."""
    try:
        content = json.loads(bytes(edition.content))
        kind = "workflow" if "order" in content else "rubric"
        own = content["workflow"] if kind == "workflow" else content
        return {**own, "kind": kind, "name": own[kind]}
    except (ValueError, LookupError, TypeError, RecursionError):
        return {}
