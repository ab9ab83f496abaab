"""Taking hold of subjects and their streams, so that nobody else moves them meanwhile."""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connections

from accreditation_engine.trail.append import Heads
from accreditation_engine.trail.models import Head

from .models import Subject


def lock(model: type[Subject], ids: Collection[UUID]) -> tuple[Heads, frozenset[str]]:
    """Lock the subjects with these ids and their streams until the transaction ends; gives the heads of the
    streams and the editions that the subjects are under. Subjects that do not exist are not among them.

    Locks are taken in the order of ids, and of each subject the row before the stream: so does everything else
    that changes a subject and then writes down what it did. What is read afterwards is what stands then.
    """
    own = connections[DEFAULT_DB_ALIAS]
    values: list[Any]
    if own.vendor == "postgresql":
        places, values = "= ANY(%s::uuid[])", [list(ids)]
    else:
        places, values = f"IN ({', '.join(['%s'] * len(ids))})", [each.hex for each in ids]
    with own.cursor() as cursor:
        cursor.execute(_statement(model, own.features.has_select_for_update) % places, values)
        found = cursor.fetchall()
    heads = {_uuid(pk): (seq, hash_) for pk, _, seq, hash_ in found}
    return heads, frozenset(edition for _, edition, *_ in found)


@lru_cache
def _statement(model: type[Subject], locks: bool) -> str:
    table, heads = model._meta.db_table, Head._meta.db_table
    return (
        f'SELECT s.id, s.edition_id, h.seq, h.hash FROM "{table}" s JOIN "{heads}" h ON h.stream = s.id'
        f" WHERE s.id %s ORDER BY s.id{' FOR UPDATE OF s, h' if locks else ''}"
    )


def _uuid(stored: UUID | str) -> UUID:
    return stored if isinstance(stored, UUID) else UUID(stored)
