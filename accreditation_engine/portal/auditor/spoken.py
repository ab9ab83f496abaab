"""Events of many streams at once in words, each as far as its reader may see it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.urls import reverse

from accreditation_engine.organisations.models import User
from accreditation_engine.trail.models import Event
from accreditation_engine.trail.queries import Told, names_of, told

from .about import About, about, organisations_mentioned
from .looked_facts import facts_of_look, things_looked_at
from .looks import LOOKED
from .sentences import Context, in_a_sentence, names_mentioned
from .timeline import entry

FINDINGS = "findings"
"""What the state of a file must show before anything of its findings is told: they are raised while it is in
review, and are read when reviews are over."""


@dataclass(frozen=True)
class Spoken:
    """`entry` is what parts/timeline.html shows; of an event that is `withheld` only that and the columns may be
    shown, on pages and in exports alike."""

    told: Told
    about: About
    entry: dict[str, Any]

    @property
    def event(self) -> Event:
        return self.told.event

    @property
    def withheld(self) -> bool:
        return bool(self.entry["withheld"])

    @property
    def key(self) -> str:
        return f"{self.event.stream}/{self.event.seq}"

    @property
    def url(self) -> str:
        return reverse("audit_event", args=[self.event.stream, self.event.seq])


def spoken(person: User, events: Sequence[Event]) -> list[Spoken]:
    """At most six queries, however many events; three more where some are looks."""
    said = told(events)
    contents = [each.content for each in said]
    names = names_of(names_mentioned(contents))
    organisations = organisations_mentioned(contents)
    streams, things = about(person, events), things_looked_at(contents)
    shown = [_spoken(each, streams[each.event.stream], names, organisations) for each in said]
    for each in shown:
        if each.event.kind == LOOKED:
            each.entry["facts"] = facts_of_look(each.told.content["data"], things)
    return shown


def names_in(events: Iterable[Spoken]) -> dict[UUID, str]:
    """What those are called who stand in the results, for identifiers in the address."""
    names: dict[UUID, str] = {}
    for each in events:
        names[each.event.stream] = each.about.title
        if each.event.actor:
            names[each.event.actor] = each.entry["actor"]
        if each.about.dossier:
            names[each.about.dossier.organisation_id] = each.about.organisation
    return names


def _spoken(each: Told, what: About, names: dict[str, str], organisations: dict[str, str]) -> Spoken:
    sentence = in_a_sentence(Context(each, what.reader, names, organisations))
    if what.kind == "finding" and not what.reader.sees(FINDINGS):
        sentence = replace(sentence, needs=FINDINGS)
    return Spoken(each, what, entry(each, sentence, what.reader))
