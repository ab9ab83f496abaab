"""What an outcome asks for, in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from accreditation_engine.definitions.base import as_text
from accreditation_engine.definitions.conditions import Condition, kind_of
from accreditation_engine.definitions.rubric import Area, Criterion, Rubric
from accreditation_engine.engine.isolates import isolate, isolated
from accreditation_engine.portal.dossier.reader import language
from accreditation_engine.portal.dossier.rubrics import word_title
from accreditation_engine.scoring.what_if.edits import BOUNDS


def conditions_in_words(condition: Condition | None, rubric: Rubric) -> list[str]:
    """One sentence for each thing that has to hold."""
    if condition is None:
        return []
    return list(_parts(condition, rubric))


def _parts(condition: Condition, rubric: Rubric) -> Iterator[str]:
    kind = str(kind_of(condition))
    if kind == "all":
        for each in condition.all:  # type: ignore[union-attr]
            yield from _parts(each, rubric)
    elif kind == "any":
        parts = [_together(each, rubric) for each in condition.any]  # type: ignore[union-attr]
        yield _("One of these: %(parts)s") % {"parts": _("; ").join(parts)}
    elif kind == "not":
        yield _("not (%(parts)s)") % {"parts": _together(condition.not_, rubric)}  # type: ignore[union-attr]
    else:
        yield _leaf(kind, getattr(condition, kind), rubric)


def _together(condition: Condition, rubric: Rubric) -> str:
    return _(" and ").join(_parts(condition, rubric))


def _leaf(kind: str, test: Any, rubric: Rubric) -> str:
    if kind == "count" and test.no_more_than == 0 and test.rating_at_most is not None:
        rating = isolated({"rating": as_text(test.rating_at_most)})
        return _("No criterion rated %(rating)s or lower") % rating + _within(test, rubric)
    bound = next(each for each in BOUNDS if getattr(test, each, None) is not None)
    number = as_text(Decimal(getattr(test, bound)))
    return f"{threshold_title(kind, test, rubric)} {isolate(number + unit_of(kind, test))}"


def threshold_title(kind: str, test: Any, rubric: Rubric) -> str:
    """What is asked, without the number behind it: "Every area at least"."""
    return _TITLES[kind](test, rubric)


def unit_of(kind: str, test: Any) -> str:
    """A percent sign where the number is a percent."""
    return "%" if kind == "growth" or getattr(test, "on", "") == "percent" else ""


def _score(test: Any, rubric: Rubric) -> str:
    return _("Overall score below") if test.below is not None else _("Overall score at least")


def _area(test: Any, rubric: Rubric) -> str:
    return _("%(area)s at least") % isolated({"area": title_of(test.id, rubric)})


def _every_area(test: Any, rubric: Rubric) -> str:
    return _("Every area at least")


def _criterion(test: Any, rubric: Rubric) -> str:
    return _("%(criterion)s at least") % isolated({"criterion": title_of(test.id, rubric)})


def _every_criterion(test: Any, rubric: Rubric) -> str:
    return _("Every criterion%(within)s at least") % {"within": _within(test, rubric)}


def _growth(test: Any, rubric: Rubric) -> str:
    return _("Growth since the first assessment at least")


def _count(test: Any, rubric: Rubric) -> str:
    if test.word is not None:
        counted = _("Criteria answered “%(word)s”") % {"word": word_title(test.word)}
    elif test.rating_at_most is not None:
        counted = _("Criteria rated %(rating)s or lower") % isolated({"rating": as_text(test.rating_at_most)})
    else:
        counted = _("Criteria rated %(rating)s or higher") % isolated(
            {"rating": as_text(test.rating_at_least)}
        )
    words = {"counted": counted + _within(test, rubric)}
    if test.no_more_than is not None:
        return _("%(counted)s, no more than") % words
    return _("%(counted)s, at least") % words


def _within(test: Any, rubric: Rubric) -> str:
    """The areas or criteria that a condition is narrowed to; nothing where it speaks of all."""
    if not test.among:
        return ""
    names = _(", ").join(title_of(each, rubric) for each in test.among)
    return " " + _("(within %(names)s)") % {"names": names}


def title_of(name: str, rubric: Rubric) -> str:
    """The title of an area or a criterion."""
    known: list[Area | Criterion] = [*rubric.every_area(), *rubric.every_criterion()]
    return next((each.title.in_language(language()) for each in known if each.id == name), name)


_TITLES: dict[str, Callable[[Any, Rubric], str]] = {
    "score": _score,
    "area": _area,
    "every_area": _every_area,
    "criterion": _criterion,
    "every_criterion": _every_criterion,
    "count": _count,
    "growth": _growth,
}
