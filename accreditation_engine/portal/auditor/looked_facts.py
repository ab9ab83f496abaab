"""What an auditor looked at, by name: the number of the file, the event, the filters in words, the sample."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import CharField, F, Value
from django.utils.translation import gettext as _

from accreditation_engine.certificates.models import Certificate, ScopeChange, Upkeep
from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.compiled import Compiled, compiled
from accreditation_engine.engine.isolates import isolated
from accreditation_engine.engine.models import Scheme
from accreditation_engine.engine.role_words import role_title
from accreditation_engine.organisations.models import User
from accreditation_engine.portal.dossier.reader import language
from accreditation_engine.reviews.models import Finding
from accreditation_engine.trail.models import Event

from .kind_words import kind_title
from .looked_words import asked_for
from .looks import LOOKED

Fact = dict[str, Any]
EVENTS = ("event", "one", "other")
"""Under which codes a look keeps the key of an event, stream/seq; a sample keeps its seq alone."""


@dataclass(frozen=True)
class Things:
    """What looks speak of: what each stream is called, of which kind the events are, and the schemes."""

    streams: Mapping[str, str] = field(default_factory=dict)
    kinds: Mapping[tuple[str, int], str] = field(default_factory=dict)
    schemes: tuple[Compiled, ...] = ()


def things_looked_at(contents: Iterable[Mapping[str, Any]]) -> Things:
    """Three queries, none where there is no look among `contents`."""
    looks = [each["data"] for each in contents if each["kind"] == LOOKED]
    if not looks:
        return Things()
    keys = {key for data in looks for key in _keys(data)}
    streams = {UUID(stream) for stream, _seq in keys}
    streams |= {UUID(data["dossier"]) for data in looks if data.get("dossier")}
    streams |= {UUID(found) for data in looks if (found := data.get("asked", {}).get("stream"))}
    events = Event.objects.filter(stream__in=streams, seq__in={seq for _stream, seq in keys})
    rows = events.values_list("stream", "seq", "kind") if keys else []
    schemes = Scheme.objects.order_by("name").values_list("edition_id", flat=True)
    return Things(
        _called(streams) if streams else {},
        {(str(stream), seq): kind for stream, seq, kind in rows},
        tuple(compiled(edition) for edition in schemes),
    )


def _keys(data: Mapping[str, Any]) -> Iterable[tuple[str, int]]:
    for name in EVENTS:
        stream, slash, seq = data.get("asked", {}).get(name, "").partition("/")
        if slash:
            yield stream, int(seq)


def _called(streams: Iterable[UUID]) -> dict[str, str]:
    """Files, findings and certificates by number, people by name."""
    keys = list(streams)
    text = Value("", output_field=CharField())
    found = (
        Dossier.objects.filter(pk__in=keys)
        .order_by()
        .values_list("pk", "number", text)
        .union(
            Finding.objects.filter(pk__in=keys).order_by().values_list("pk", "dossier__number", "criterion"),
            Certificate.objects.filter(pk__in=keys).order_by().values_list("pk", "number", text),
            Upkeep.objects.filter(pk__in=keys).order_by().values_list("pk", "certificate__number", text),
            ScopeChange.objects.filter(pk__in=keys).order_by().values_list("pk", "certificate__number", text),
            User.objects.filter(pk__in=keys).order_by().values_list("pk", F("name"), text),
            all=True,
        )
    )
    return {str(pk): f"{name} · {more}" if more else name for pk, name, more in found}


def facts_of_look(data: Mapping[str, Any], things: Things) -> list[Fact]:
    """For parts/facts.html."""
    asked = data.get("asked", {})
    facts = [_fact(name, value, things) for name, value in sorted(asked.items())]
    if (dossier := data.get("dossier")) and not any("/" in asked.get(name, "") for name in EVENTS):
        number = things.streams.get(dossier, dossier)
        facts.insert(0, {"term": _("File number"), "value": number, "kind": "code"})
    if data.get("page") == "sample" and "event" in asked:
        sample = _("the one that event %(seq)s of this auditor drew") % isolated({"seq": asked["event"]})
        facts = [{"term": _("Sample for audit"), "value": sample}]
    return facts


def _fact(name: str, value: str, things: Things) -> Fact:
    term = asked_for(name)
    stream, slash, seq = value.partition("/")
    if name in EVENTS and slash:
        kind = things.kinds.get((stream, int(seq)), "")
        words = _("event %(seq)s of %(what)s (%(kind)s)")
        values = {"seq": seq, "what": things.streams.get(stream, stream), "kind": kind_title(kind)}
        return {"term": term, "value": words % isolated(values)}
    if name == "stream":
        return {"term": term, "value": things.streams.get(value, value)}
    words = _in_words(name, value, things)
    return {"term": term, "value": words} if words else {"term": term, "value": value, "kind": "code"}


def _in_words(name: str, value: str, things: Things) -> str:
    """ "" for what is its own name, such as a day."""
    if name == "role":
        return role_title(value)
    if name == "kind":
        return kind_title(value)
    workflows = [each.workflow for each in things.schemes]
    titles = {
        "transition": [each.transitions[value].title for each in workflows if value in each.transitions],
        "state": [each.states[value].title for each in workflows if value in each.states],
        "scheme": [each.title for each in workflows if each.id == value],
    }.get(name)
    return titles[0].in_language(language()) if titles else ""
