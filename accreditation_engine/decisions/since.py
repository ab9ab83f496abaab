"""What has changed since a dossier was decided: what the last decision's event names, piece by piece,
against the tables and files of today (docs/decisions/021)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any
from uuid import UUID

from django.db.models import F, OuterRef

from accreditation_engine.dossiers.models import Dossier, Evidence
from accreditation_engine.engine.compiled import Compiled, compiled
from accreditation_engine.engine.facts import Rows
from accreditation_engine.reviews.pieces import facts_of_pieces
from accreditation_engine.reviews.sheets import Sent
from accreditation_engine.trail.models import Event

from .comparing import Change, Decided, differences
from .judged_anew import last_anew
from .models import Vote
from .recorded import AS_A_WHOLE, Recorded, recorded_since

MAY_BE_FILED = frozenset({"evidence_added", AS_A_WHOLE})


@dataclass(frozen=True)
class Since:
    """The decision that stands last, and all that is not as it was then; where it was judged anew after an appeal,
    as it was when `judged` said so. `again`: it is being decided anew, and only what nobody wrote down counts.
    `facts` are all that was compared, as `reviews.pieces` reads them today."""

    decision: Event
    judged: Event
    changes: tuple[Change, ...]
    again: bool = False
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def ratings(self) -> Sent:
        """Those that count today, as `reviews.sheets` reads them."""
        found: Sent = self.facts["ratings"]
        return found

    @property
    def serious(self) -> tuple[Change, ...]:
        """Without what a later act of its own explains: a finding that was reopened."""
        return tuple(each for each in self.changes if not each.explained)


def last_decision(scheme: Compiled, events: Collection[Event]) -> Event | None:
    """The last of `events`, in order, that decided."""
    found = [each for each in events if each.kind == "transition" and each.transition in scheme.deciding]
    return found[-1] if found else None


def since_decision(
    dossier: Dossier, events: Collection[Event] | None = None, *, contents: bool = False
) -> Since | None:
    """None where nothing has been decided yet. `events` are those of the dossier that moved it, where they are at
    hand; else one query more. With `contents` every stored file is read as a whole, else its size alone is
    compared. One query, one more where something differs, and one where it was judged anew."""
    scheme = compiled(dossier.edition_id)
    decision = latest_decision(dossier) if events is None else last_decision(scheme, events)
    if decision is None:
        return None
    return next(_since({dossier.pk: decision}, scheme.edition, contents=contents))[1]


def since_decisions(dossiers: Collection[UUID], *, contents: bool = False) -> Iterator[tuple[UUID, Since]]:
    """The same for many dossiers by id, those that were decided: four queries, one more for each further edition
    among them, and one for each dossier in which something differs."""
    editions = dict(Dossier.objects.filter(pk__in=dossiers).values_list("pk", "edition_id"))
    decisions: dict[str, dict[UUID, Event]] = {}
    for decision in _last_decisions(editions):
        decisions.setdefault(editions[decision.stream], {})[decision.stream] = decision
    for edition, decided in decisions.items():
        yield from _since(decided, edition, contents=contents)


def _last_decisions(editions: Mapping[UUID, str]) -> Iterable[Event]:
    """The last decision of each dossier, from the editions they are judged by. Bodies are large: only these are
    read."""
    found = []
    for stream, events in groupby(_moves(list(editions)), key=lambda each: each.stream):
        decision = last_decision(compiled(editions[stream]), list(events))
        found += [decision.pk] if decision is not None else []
    return Event.objects.filter(pk__in=found)


def latest_decision(dossier: Dossier) -> Event | None:
    """One query."""
    deciding = compiled(dossier.edition_id).deciding
    events = Event.objects.filter(stream=dossier.pk, kind="transition", transition__in=deciding)
    return events.order_by("-seq").first()


def _moves(dossiers: list[UUID]) -> list[Event]:
    events = Event.objects.filter(stream__in=dossiers, kind="transition").order_by("stream", "seq")
    return list(events.defer("body"))


def _since(decisions: Mapping[UUID, Event], edition: str, *, contents: bool) -> Iterator[tuple[UUID, Since]]:
    scheme = compiled(edition)
    growth = any(each.asks_growth for each in scheme.rubrics.values())
    facts = {**facts_of_pieces(Dossier, growth=growth), "files": _files(), "all_votes": _votes()}
    facts["anew"] = last_anew(OuterRef("pk"))
    rows = Dossier.objects.filter(pk__in=list(decisions)).order_by("pk")
    for row in rows.annotate(**{f"fact_{name}": sql for name, sql in facts.items()}):
        decision = decisions[row.pk]
        now = {name: getattr(row, f"fact_{name}") for name in facts}
        anew = now["anew"] or 0
        judged = decision if anew < decision.seq else Event.objects.get(stream=decision.stream, seq=anew)
        found = list(
            differences(Decided(judged.data.get("judged", {}), judged.edition), scheme, now, contents)
        )
        again = row.state in decided_next(scheme)
        if found:
            found = _counted(found, recorded_since(judged), again=again)
        yield row.pk, Since(decision, judged, tuple(found), again, now)


def _counted(found: list[Change], recorded: Recorded, *, again: bool) -> list[Change]:
    """While a decision stands, files may still be filed to show a correction; nothing else of what was judged may
    change. Once it is to be decided anew, all may that is written down."""
    return [each for each in found if not ((again or each.what in MAY_BE_FILED) and recorded.explains(each))]


def decided_next(scheme: Compiled) -> frozenset[str]:
    """The states that a decision leaves."""
    steps = [scheme.workflow.transitions[name] for name in scheme.deciding]
    return frozenset(state for each in steps for state in each.from_ if state != each.to)


def _files() -> Rows:
    rows = Evidence.objects.filter(dossier=OuterRef("pk"), taken_back_at=None).order_by("pk")
    return Rows(rows, "rubric", "criterion", "sha256", "size", "file", "content_erased_at")


def _votes() -> Rows:
    rows = Vote.objects.filter(ballot__dossier=OuterRef("pk")).annotate(number=F("ballot__number"))
    return Rows(rows.order_by("seq"), "number", "seq", "choice")
