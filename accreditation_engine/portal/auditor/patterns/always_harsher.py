"""A reviewer who is always harsher, or always milder, than those who rated the same."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import replace
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Count, Exists, FloatField, OuterRef, Q, Sum
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.translation import gettext as _

from accreditation_engine.engine.compiled import compiled
from accreditation_engine.engine.isolates import isolated
from accreditation_engine.portal.dossier.reader import language
from accreditation_engine.reviews.models import Rating
from accreditation_engine.scoring.agreement import Severity, severity, severity_in_words

from .pattern import Hit, Pattern
from .scope import Scope

WORDS = ("", "not_applicable", "unable_to_verify")
FILES = 5
SENT = Q(assignment__sent_at__isnull=False, assignment__released_at=None)


class Mean(NamedTuple):
    """What a reviewer gave on average to those criteria of a file to which all its reviewers gave numbers, and how
    many these are."""

    dossier: UUID
    reviewer: UUID
    rubric: str
    value: float
    criteria: int


def found(scope: Scope) -> Pattern:
    rows = [each for each in _means() if scope.shows(each.dossier, "ratings")]
    hits = [_hit(scope, *each) for each in one_sided(scope, rows)]
    return Pattern(
        "always_harsher",
        _("Always harsher or milder"),
        _(
            "A reviewer differs from those who rated the same, file after file. Who is right nobody knows from"
            " this; of"
            " twenty reviewers about one is listed by chance."
        ),
        _(
            "Listed from %(files)d files where the difference is all on one side of 0 (interval of 95 percent)."
        )
        % {"files": FILES},
        _("Reviews looked at: %(count)d") % {"count": len({(each.dossier, each.reviewer) for each in rows})},
        hits,
    )


def one_sided(scope: Scope, rows: Iterable[Mean]) -> list[tuple[str, str, Severity]]:
    """(scheme, rubric, severity) of each that is listed."""
    groups = defaultdict[tuple[str, str], list[tuple[UUID, UUID, str, float]]](list)
    ratings = Counter[tuple[str, str, Hashable]]()
    for each in rows:
        scheme = scope.files[each.dossier].scheme
        groups[scheme, each.rubric].append((each.reviewer, each.dossier, each.rubric, each.value))
        ratings[scheme, each.rubric, each.reviewer] += each.criteria
    return [
        (*group, replace(each, ratings=ratings[*group, each.reviewer]))
        for group, given in groups.items()
        for each in severity(given).values()
        if each.dossiers >= FILES and _one_sided(each)
    ]


def _one_sided(found: Severity) -> bool:
    """Where every file differs by the very same there is no interval, and no doubt either."""
    return found.direction != "unclear" or (found.interval is None and abs(found.difference) > 1e-9)


def _hit(scope: Scope, scheme: str, rubric: str, found: Severity) -> Hit:
    file = next(each for each in scope.files.values() if each.scheme == scheme)
    known = compiled(file.edition).rubrics.get(rubric)
    title = known.title.in_language(language()) if known else rubric
    said = _("Under “%(rubric)s”. %(difference)s") % isolated(
        {"rubric": title, "difference": severity_in_words(found, language())}
    )
    url = f"{reverse('audit')}?role=reviewer&scheme={scheme}&actor={found.reviewer}"
    return Hit(scope.name(found.reviewer), url, said, abs(found.difference))


def _means() -> list[Mean]:
    """Of every review that was sent. Two queries: sums, and the criteria that somebody answered with a word, whose
    numbers are taken out again, so that everybody's mean is of the same criteria."""
    key = ("assignment__dossier_id", "assignment__reviewer_id", "rubric")
    number = Cast("value", FloatField())
    sums = Rating.objects.filter(SENT).exclude(value__in=WORDS).order_by().values_list(*key)
    whole = {row[:3]: list(row[3:]) for row in sums.annotate(total=Sum(number), numbers=Count("pk"))}
    for row in _beside_words().values_list(*key, number):
        whole[row[:3]][0] -= row[3]
        whole[row[:3]][1] -= 1
    return list(_of_the_same(whole))


def _beside_words() -> Any:
    word = Rating.objects.filter(
        SENT,
        value__in=WORDS,
        assignment__dossier=OuterRef("assignment__dossier"),
        rubric=OuterRef("rubric"),
        criterion=OuterRef("criterion"),
    )
    return Rating.objects.filter(SENT, Exists(word)).exclude(value__in=WORDS).order_by()


def _of_the_same(whole: dict[Any, list[Any]]) -> Iterator[Mean]:
    """Means; a file is left out where reviewers gave numbers to different criteria all the same."""
    counts = defaultdict[tuple[UUID, str], set[int]](set)
    for (dossier, _reviewer, rubric), (_sum, count) in whole.items():
        counts[dossier, rubric].add(count)
    for (dossier, reviewer, rubric), (total, count) in whole.items():
        if count and len(counts[dossier, rubric]) == 1:
            yield Mean(dossier, reviewer, rubric, total / count, count)
