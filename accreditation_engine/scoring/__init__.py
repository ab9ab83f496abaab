"""Ratings made into scores, outcomes, findings and the reasons for each. Pure functions, exact numbers."""

from .combined import combined_ratings
from .differences import Difference, differences
from .findings import Finding
from .outcomes import outcome_at_least
from .problems import RatingProblem, RatingProblems
from .ratings import Rating, Ratings, parse_ratings
from .scores import Node
from .sheet import ScoreSheet, evaluate, reasons_against, score_sheet
from .verdicts import Reason, Verdict
from .words import in_words

__all__ = [
    "Difference",
    "Finding",
    "Node",
    "Rating",
    "RatingProblem",
    "RatingProblems",
    "Ratings",
    "Reason",
    "ScoreSheet",
    "Verdict",
    "combined_ratings",
    "differences",
    "evaluate",
    "in_words",
    "outcome_at_least",
    "parse_ratings",
    "reasons_against",
    "score_sheet",
]
