"""Figures of agreement as lines of plain text, to read in a terminal. Numbers stand first, so that they stay in
columns beside names of either script."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from .figures import Figure
from .report import Agreement
from .words import (
    caution_in_words,
    name_of,
    shown_number,
    verdict_in_words,
    why_no_interval,
    why_undefined,
)

PLACES = 4
LABELS = {
    "en": {
        "title": "Agreement between reviewers",
        "table": "Units {units}, raters {raters}, ratings {ratings}",
        "columns": ("Value", "95 % confidence", "Units", "Raters", "Ratings"),
        "undefined": "{name}: undefined, because {why}",
        "cautions": "Take care",
        "no_interval": "Without a confidence interval",
        "why": "{names}: {why}",
        ",": ", ",
    },
    "ar": {
        "title": "اتساق المراجعين",
        "table": "الوحدات {units}، المراجعون {raters}، الدرجات {ratings}",
        "columns": ("القيمة", "ثقة 95%", "الوحدات", "المراجعون", "الدرجات"),
        "undefined": "{name}: غير معرف، لأن {why}",
        "cautions": "تنبيهات",
        "no_interval": "بلا فترة ثقة",
        "why": "{names}: {why}",
        ",": "، ",
    },
}
WIDTHS = (9, 20, 9, 11, 9)


def agreement_lines(agreement: Agreement, language: str) -> Iterator[str]:
    """All figures in `language` ("ar" or "en"), line by line."""
    labels, table = LABELS[language], agreement.table
    yield str(labels["title"])
    counts = {"units": table.units, "raters": table.raters, "ratings": table.ratings}
    yield str(labels["table"]).format(**{name: _mark(str(count), language) for name, count in counts.items()})
    yield ""
    yield _row(tuple(labels["columns"]), "").rstrip()
    for figure in agreement.figures:
        yield _figure(figure, language)
    verdict = verdict_in_words(agreement.alpha, language)
    if verdict:
        yield from ("", verdict)
    yield from _section("no_interval", _without_interval(agreement, language), language)
    yield from _section("cautions", _cautions(agreement, language), language)


def _figure(figure: Figure, language: str) -> str:
    name = name_of(figure, language)
    if figure.value is None:
        sentence = str(LABELS[language]["undefined"]).format(name=name, why=why_undefined(figure, language))
        return _row(("-", "", "", "", ""), sentence)
    value = shown_number(figure.value, PLACES)
    counts = (str(figure.units), str(figure.raters), str(figure.values))
    return _row((_mark(value, language), _limits(figure, language), *counts), name)


def _limits(figure: Figure, language: str) -> str:
    if figure.interval is None:
        return "-"
    low, high = (shown_number(each, PLACES) for each in (figure.interval.low, figure.interval.high))
    return _mark(f"{low} .. {high}", language)


def _row(cells: tuple[str, ...], name: str) -> str:
    padded = (" " * (width - _width(cell)) + cell for cell, width in zip(cells, WIDTHS, strict=True))
    return "".join(padded) + f"  {name}"


def _width(cell: str) -> int:
    """As a terminal shows it: isolates take no room."""
    return len(cell.replace("\u2066", "").replace("\u2069", ""))


def _mark(number: str, language: str) -> str:
    return number if language == "en" else f"\u2066{number}\u2069"


def _without_interval(agreement: Agreement, language: str) -> Iterator[str]:
    """Each reason once, with the names of the figures."""
    names: dict[str, list[str]] = {}
    for figure in agreement.figures:
        why = why_no_interval(figure, language)
        if why:
            names.setdefault(why, []).append(name_of(figure, language))
    labels = LABELS[language]
    for why, figures in names.items():
        yield str(labels["why"]).format(names=str(labels[","]).join(figures), why=why)


def _cautions(agreement: Agreement, language: str) -> Iterator[str]:
    """Each once, however many figures it is about."""
    sentences = (caution_in_words(each, language) for figure in agreement.figures for each in figure.cautions)
    yield from dict.fromkeys(sentences)


def _section(label: str, sentences: Iterable[str], language: str) -> Iterator[str]:
    found = list(sentences)
    if found:
        yield from ("", f"{LABELS[language][label]}:", *(f"  {each}" for each in found))
