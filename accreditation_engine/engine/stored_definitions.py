"""Definitions that the database holds, found by what a person types: name@label, or the beginning of a hash."""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.db import DatabaseError
from django.utils.translation import gettext as _

from accreditation_engine.definitions.editions import Pinned, from_canonical
from accreditation_engine.definitions.rubric import Rubric
from accreditation_engine.definitions.workflow import Workflow

from .isolates import isolate
from .models import Edition
from .suggesting import all_of

SHORTEST_PREFIX = 6
_HASH = re.compile(r"[0-9a-fA-F]{6,64}")


class NoSuchEdition(LookupError):  # noqa: N818 - it says what there is not
    """No edition, or more than one, is meant. The message is one line that names the remedy."""


def find_edition(name: str, wanted: str, kind: str = "rubric") -> Edition:
    """The edition of `name` with that label, or whose hash begins so. One query. Raises NoSuchEdition."""
    editions = list(Edition.objects.filter(kind=kind, name=name).order_by("stored_at", "hash"))
    labelled = [each for each in editions if each.label == wanted]
    long_enough = len(wanted) >= SHORTEST_PREFIX
    found = labelled or [each for each in editions if long_enough and each.hash.startswith(wanted.lower())]
    if len(found) == 1:
        return found[0]
    values = {"wanted": isolate(wanted), "name": isolate(name)}
    if found:
        which = all_of(each.hash[:12] for each in found)
        words = _("'%(wanted)s' means %(count)d editions of %(name)s; write one of: %(which)s")
        raise NoSuchEdition(words % {**values, "count": len(found), "which": which})
    if not editions:
        raise NoSuchEdition(_nothing_stored(kind) % values)
    words = _("no edition '%(wanted)s' of %(name)s is stored here; there are: %(which)s")
    raise NoSuchEdition(words % {**values, "which": _with_hashes(editions)})


def stored_definition(kind: str, wanted: str) -> Rubric | Workflow | None:
    """What the database holds as `wanted`, without any file: name@label, name@hash, the beginning of a hash, or a
    name of which one edition is stored. None when `wanted` is none of these, or there is no database to ask.

    Raises NoSuchEdition, with the editions that there are, when it is the name of something that is stored.
    """
    try:
        edition = _meant(kind, wanted)
    except DatabaseError:  # not migrated yet: nothing is stored
        return None
    if edition is None:
        return None
    definition = from_canonical(bytes(edition.content))
    return definition.workflow if isinstance(definition, Pinned) else definition


def _meant(kind: str, wanted: str) -> Edition | None:
    name, at, which = wanted.rpartition("@")
    if at:
        return find_edition(name, which, kind)
    named = list(Edition.objects.filter(kind=kind, name=wanted).order_by("stored_at", "hash"))
    if not named and _HASH.fullmatch(wanted):
        named = list(Edition.objects.filter(kind=kind, hash__startswith=wanted.lower())[:10])
    if len(named) > 1:
        words = _("'%(wanted)s' means several stored editions; write one of: %(which)s")
        which = all_of(f"{each.name}@{each.hash[:12]}" for each in named)
        raise NoSuchEdition(words % {"wanted": isolate(wanted), "which": which})
    return named[0] if named else None


def _with_hashes(editions: Iterable[Edition]) -> str:
    return all_of(f"{each.label} ({each.hash[:12]})" for each in editions)


def _nothing_stored(kind: str) -> str:
    if kind == "workflow":
        return _("no edition of the workflow '%(name)s' is stored here; load_schemes stores them")
    return _("no edition of the rubric '%(name)s' is stored here; load_schemes stores them")
