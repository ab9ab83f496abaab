"""A score sheet as lines of plain text, to read in a terminal. Numbers stand first, so that they stay in
columns beside titles of either script."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from accreditation_engine.definitions.rubric import Area

from .rounding import plain
from .scores import Node
from .sheet import ScoreSheet
from .words import in_words

LABELS = {
    "en": {
        "title": "{title}, edition {edition}",
        "percentage": "{percent} %",
        "outcome": "Outcome",
        "incomplete": "none, the sheet is not complete",
        "nothing": "none, for no criterion applies",
        "none": "none of the outcomes holds",
        "score": "Score",
        "percent": "Percent",
        "whole": "The whole",
        "reasons": "Why",
        "findings": "Findings",
        "unverified": "Unable to verify",
        "major": "major",
        "minor": "minor",
        "observation": "observation",
    },
    "ar": {
        "title": "{title}، إصدار \u2066{edition}\u2069",
        "percentage": "{percent}%",
        "outcome": "التصنيف",
        "incomplete": "لا يوجد، لأن الدرجات لم تكتمل",
        "nothing": "لا يوجد، إذ لا ينطبق أي معيار",
        "none": "لا يوجد، إذ لم تتحقق شروط أي تصنيف",
        "score": "النتيجة",
        "percent": "النسبة",
        "whole": "النتيجة الكلية",
        "reasons": "الأسباب",
        "findings": "ملاحظات المراجعة",
        "unverified": "تعذر التحقق",
        "major": "عدم مطابقة جوهري",
        "minor": "عدم مطابقة بسيط",
        "observation": "ملحوظة",
    },
}


def sheet_lines(sheet: ScoreSheet, language: str) -> Iterator[str]:
    """The whole sheet in `language` ("ar" or "en"), line by line."""
    labels, rubric = LABELS[language], sheet.rubric
    yield labels["title"].format(title=rubric.title.in_language(language), edition=rubric.edition)
    yield f"{labels['outcome']}: {_outcome(sheet, language)}"
    yield ""
    yield f"{labels['score']:>10}  {labels['percent']:>9}"
    yield _row(sheet.scores.whole, labels["whole"], language)
    yield from _area_rows(sheet, rubric.areas, language, 1)
    yield from _section(labels["reasons"], _reasons(sheet, language))
    yield from _section(labels["findings"], _findings(sheet, language))
    yield from _section(labels["unverified"], (_title(sheet, each, language) for each in sheet.unverified))


def _outcome(sheet: ScoreSheet, language: str) -> str:
    if sheet.outcome is None:
        return LABELS[language]["incomplete" if sheet.missing else "none" if sheet.complete else "nothing"]
    chosen = next(each for each in sheet.rubric.outcomes if each.outcome == sheet.outcome)
    return f"{chosen.title.in_language(language)} ({chosen.outcome})"


def _area_rows(sheet: ScoreSheet, areas: Iterable[Area], language: str, depth: int) -> Iterator[str]:
    for area in areas:
        yield _row(sheet.areas[area.id], "  " * depth + area.title.in_language(language), language)
        yield from _area_rows(sheet, area.areas, language, depth + 1)


def _row(node: Node, title: str, language: str) -> str:
    score = "-" if node.score is None else plain(node.score)
    percent = (
        "-" if node.percent is None else LABELS[language]["percentage"].format(percent=plain(node.percent))
    )
    return f"{score:>10}  {percent:>9}  {title}"


def _section(title: str, lines: Iterable[str]) -> Iterator[str]:
    found = list(lines)
    if found:
        yield from ("", f"{title}:", *(f"  {line}" for line in found))


def _reasons(sheet: ScoreSheet, language: str) -> Iterator[str]:
    for reason in sheet.reasons:
        yield f"{'+' if reason.holds else '-'} {in_words(reason, sheet.rubric, language)}"


def _findings(sheet: ScoreSheet, language: str) -> Iterator[str]:
    for each in sheet.findings:
        yield f"{LABELS[language][each.severity]}: {_title(sheet, each.criterion, language)}"


def _title(sheet: ScoreSheet, criterion: str, language: str) -> str:
    found = next(each for each in sheet.rubric.every_criterion() if each.id == criterion)
    return f"{found.title.in_language(language)} ({criterion})"
