"""Looking certificates up: any words of names, numbers and scopes, and scheme, country and public status,
all together.

Each question reads one table once and stops at the first `MOST` that fit, the latest first; a page begins behind
the last line of the one before, so that nothing is skipped over and what is issued meanwhile moves no page.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.db import connection
from django.db.models import CharField, F, Func, Q, QuerySet
from django.db.models.lookups import Exact
from django.utils import timezone

from accreditation_engine.certificates.effects import CERTIFICATES_SCHEME
from accreditation_engine.certificates.models import Certificate, Line
from accreditation_engine.certificates.status_words import status_words
from accreditation_engine.engine.models import Edition

from .folding import words_of

PAGE, MOST, AT_ONCE = 25, 1000, 500
MOST_WORDS = 12
"""What somebody pastes beyond that finds nothing more."""


@dataclass(frozen=True)
class Search:
    """What is looked for; "" is everything. `status` is a `PublicStatus`."""

    words: str = ""
    scheme: str = ""
    country: str = ""
    status: str = ""

    @property
    def narrows(self) -> bool:
        return any((self.words.strip(), self.scheme, self.country, self.status))

    def lines(self) -> QuerySet[Line]:
        """The lines that fit, in no order."""
        found = Line.objects.all()
        named = {name: value for name, value in (("scheme", self.scheme), ("country", self.country)) if value}
        alone = len(named) == 1 and not self.status and not self.words.strip()
        for name, value in named.items():
            found = found.filter(Exact(F(name) if alone else Read(name), value))
        if self.status:
            found = found.filter(_standing(self.status))
        for ways in words_of(self.words)[:MOST_WORDS]:
            found = found.filter(reduce(or_, (Q(words__contains=each) for each in ways)))
        return found


class Read(Func):
    """A column that is compared line by line: where the value is a common one, SQLite would fetch nearly all lines
    one by one by its index, and take three times as long."""

    arity = 1
    output_field = CharField()

    def as_sqlite(self, compiler: Any, connection: Any, **more: Any) -> Any:
        sql, parameters = compiler.compile(self.source_expressions[0])
        return f"+{sql}", parameters

    def as_postgresql(self, compiler: Any, connection: Any, **more: Any) -> Any:
        return compiler.compile(self.source_expressions[0])


@dataclass(frozen=True)
class Page:
    """Some certificates, and how many fit in all, counted as far as `MOST`: `more` says that they are still more.
    `behind` is where the next page begins, None on the last; the count is that from this page on."""

    certificates: list[Certificate]
    count: int
    more: bool
    behind: int | None


def page_of(search: Search, behind: int | None = None) -> Page:
    """The certificates that fit and stand behind the line `behind`, with all that pages say of them. Two queries,
    and one where a status is asked for."""
    lines = search.lines() if behind is None else search.lines().filter(pk__lt=behind)
    found = list(lines.order_by("-pk").values_list("pk", "certificate")[: MOST + 1])
    shown = found[:PAGE]
    return Page(
        certificates=_with_all([certificate for _line, certificate in shown]),
        count=min(len(found), MOST),
        more=len(found) > MOST,
        behind=shown[-1][0] if len(found) > PAGE else None,
    )


def some_of(search: Search, most: int, behind: int | None = None) -> tuple[list[Certificate], int | None]:
    """At most `most` of the certificates that fit and stand behind the line `behind`, and where the next begin;
    None where there are no more. Two queries, and one more where a status is asked for."""
    found = _some(search, behind, most + 1)
    shown = found[:most]
    return (
        _with_all([certificate for _line, certificate in shown]),
        shown[-1][0] if len(found) > most else None,
    )


def everything(search: Search) -> Iterator[list[Certificate]]:
    """All certificates that fit, the latest first, some at a time. Memory does not grow with their number."""
    behind = None
    while found := _some(search, behind, AT_ONCE):
        behind = found[-1][0]
        yield _with_all([certificate for _line, certificate in found])


def _some(search: Search, behind: int | None, most: int) -> list[tuple[int, object]]:
    lines = search.lines() if behind is None else search.lines().filter(pk__lt=behind)
    return list(lines.order_by("-pk").values_list("pk", "certificate")[:most])


def _with_all(keys: list[object]) -> list[Certificate]:
    """In the order of `keys`. One query, none without any."""
    found = Certificate.objects.select_related("dossier__organisation").in_bulk(keys) if keys else {}
    return [found[each] for each in keys if each in found]


def _standing(status: str) -> Q:
    """Lines whose certificate is worth `status` now: by its state, or by the one that its deadline leads to once
    that is over, whether or not the system has got to it."""
    now, editions = timezone.now(), _editions()
    fits = Q(pk__in=[])
    for (state, word, afterwards), theirs in _meanings(editions).items():
        here = Q(state=state)
        if any(state in status_words(each) for each in editions - theirs):  # and means something else there
            here &= Q(edition__in=theirs)
        if word == afterwards == status:
            fits |= here
        elif word == status:
            fits |= here & (Q(deadline_at=None) | Q(deadline_at__gt=now))
        elif afterwards == status:
            fits |= here & Q(deadline_at__lte=now)
    return fits


def _editions() -> set[str]:
    """Every edition that a certificate can stand under. One query."""
    stored = Edition.objects.filter(kind="workflow", name=CERTIFICATES_SCHEME)
    return set(stored.values_list("pk", flat=True))


def _meanings(editions: Iterable[str]) -> dict[tuple[str, str, str], set[str]]:
    """The editions in which a state is read as one word, and as another once its time is over."""
    found: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for edition in editions:
        for state, (word, afterwards) in status_words(edition).items():
            found[state, word, afterwards].add(edition)
    return found


def countries_found() -> list[str]:
    """The codes of all countries whose organisations hold or held a certificate, as one statement that steps from
    each to the next."""
    return _each_value("country")


def schemes_found() -> list[str]:
    """The names of all schemes under which a certificate was issued."""
    return _each_value("scheme")


def _each_value(column: str) -> list[str]:
    table = Line._meta.db_table
    following = f"SELECT min({column}) FROM {table} WHERE {column} > found.value"  # noqa: S608 - our own names
    sql = (
        f"WITH RECURSIVE found(value) AS (SELECT min({column}) FROM {table} UNION ALL"  # noqa: S608 - likewise
        f" SELECT ({following}) FROM found WHERE found.value IS NOT NULL)"
        " SELECT value FROM found WHERE value IS NOT NULL"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return [value for (value,) in cursor.fetchall()]
