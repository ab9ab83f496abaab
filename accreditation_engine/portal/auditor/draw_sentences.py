"""Draws of reviewers, and what reviewers take, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accreditation_engine.engine.isolates import isolate, isolated
from accreditation_engine.reviews.allocation.drawing import REVIEWERS_DRAWN
from accreditation_engine.reviews.allocation.profiles import CANCELLED, LEAVE, PROFILE
from accreditation_engine.reviews.allocation.words import FIELDS, against_in_words, codes_in_words

from .sentences import Context, Fact, Sentence, sentence


@sentence(REVIEWERS_DRAWN)
def _reviewers_drawn(context: Context) -> Sentence:
    """Of each in the pool: drawn, not drawn, or why not at all."""
    data = context.data
    count = len(data["drawn"])
    title = ngettext("%(count)d reviewer was drawn", "%(count)d reviewers were drawn", count)
    facts: list[Fact] = [
        {"term": _("Places that were open"), "value": data["places"], "kind": "number"},
        {"term": _("Reviewers to draw from"), "value": _to_draw_from(context), "kind": "number"},
        {"term": _("Seed"), "value": data["seed"], "kind": "code"},
    ]
    if data.get("step"):
        facts.append({"term": _("Asked for by the step of event"), "value": data["step"], "kind": "number"})
    if data["seniors"]:
        wanted = {"wanted": data["seniors"], "missing": data["seniors_missing"]}
        words = _("%(wanted)s wanted, %(missing)s not to be had") if wanted["missing"] else "%(wanted)s"
        facts.append({"term": _("Experienced reviewers"), "value": words % isolated(wanted)})
    if data["open"]:
        facts.append({"term": _("Places left open"), "value": data["open"], "kind": "number"})
    facts += [_of_one(context, each) for each in data["pool"]]
    return Sentence(title % isolated({"count": count}), icon="people", facts=facts)


def _to_draw_from(context: Context) -> int:
    return sum(not each["against"] for each in context.data["pool"])


def _of_one(context: Context, said: Mapping[str, Any]) -> Fact:
    name = context.names.get(said.get("name_digest") or "", "") or _("a name that was erased by law")
    if said["against"]:
        return {"term": name, "value": str(_(", ")).join(map(against_in_words, said["against"]))}
    drawn = said["reviewer"] in context.data["drawn"]
    return {"term": name, "value": _("was drawn") if drawn else _("in the draw")}


@sentence(PROFILE)
def _profile(context: Context) -> Sentence:
    before, after = context.data["before"], context.data["after"]
    facts: list[Fact] = []
    for name, value in after.items():
        fact: Fact = {"term": _term(name), "value": _value(name, value)}
        fact["note"] = _("Before: %(value)s") % isolated({"value": _value(name, before[name])})
        facts.append(fact)
    return Sentence(_("What a reviewer takes was changed"), icon="user", facts=facts)


def _term(name: str) -> str:
    if name in FIELDS:
        return str(FIELDS[name])
    return {"most": _("Reviews at a time"), "senior": _("Experienced")}.get(name, name)


def _value(name: str, value: object) -> str:
    if isinstance(value, list):
        return str(_(", ")).join(map(isolate, codes_in_words(name, value))) or _("all")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return _("no limit") if value is None else str(value)


@sentence(LEAVE)
def _leave(context: Context) -> Sentence:
    facts: list[Fact] = [
        {"term": _("First day"), "value": context.data["from"], "kind": "code"},
        {"term": _("Last day"), "value": context.data["to"], "kind": "code"},
    ]
    return Sentence(_("A reviewer is away"), icon="user", facts=facts)


@sentence(CANCELLED)
def _cancelled(context: Context) -> Sentence:
    facts: list[Fact] = [{"term": _("Said by event"), "value": context.data["said"], "kind": "number"}]
    return Sentence(_("A reviewer is not away after all"), icon="user", facts=facts)
