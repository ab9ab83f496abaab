"""The score sheet as plain text."""

from __future__ import annotations

from accreditation_engine.scoring import score_sheet
from accreditation_engine.scoring.table import LABELS, sheet_lines

from .rubrics import area, criterion, outcomes, rubric

DEEP = rubric(
    area("top", area("low", criterion("a"), criterion("b")), area("high", criterion("c"))),
    outcomes=outcomes(gold={"score": {"at_least": 90}}),
    findings=[{"severity": "minor", "rating_at_most": 1}],
)


def test_a_sheet_reads_from_outcome_to_what_is_unverified() -> None:
    sheet = score_sheet(DEEP, {"a": 4, "b": "unable_to_verify", "c": 3})
    assert "\n".join(sheet_lines(sheet, "en")) == "\n".join(
        [
            "Example, edition 1",
            "Outcome: None (none)",
            "",
            "     Score    Percent",
            "      2.50    62.50 %  The whole",
            "      2.50    62.50 %    Top",
            "      2.00    50.00 %      Low",
            "      3.00    75.00 %      High",
            "",
            "Why:",
            "  + None: no better outcome was reached",
            "  - Overall score 62.50 %, Gold asks for at least 90 %",
            "",
            "Findings:",
            "  minor: B (b)",
            "",
            "Unable to verify:",
            "  B (b)",
        ]
    )


def test_an_incomplete_sheet_says_so_and_shows_dashes() -> None:
    lines = list(sheet_lines(score_sheet(DEEP, {"a": 4}), "ar"))
    assert lines[1] == "التصنيف: لا يوجد، لأن الدرجات لم تكتمل"
    assert "         -          -      ع High" in lines


def test_both_languages_have_the_same_labels() -> None:
    assert LABELS["ar"].keys() == LABELS["en"].keys()
