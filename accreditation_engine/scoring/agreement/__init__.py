"""How far reviewers agree, and who is harsher or milder than peers. Pure functions over ratings."""

from .alpha import krippendorff_alpha
from .cohen import cohens_kappa
from .figures import Caution, Figure, Interval
from .fleiss import fleiss_kappa
from .icc import intraclass_correlations
from .reading import rating_table
from .reliability import reliability
from .report import Agreement, agreement
from .severity import Severity, severity
from .table import LEVELS, Level, RatingTable
from .words import (
    allows_in_words,
    caution_in_words,
    cautions_in_words,
    in_words,
    name_of,
    severity_in_words,
    verdict_in_words,
    why_no_interval,
    why_undefined,
)

__all__ = [
    "LEVELS",
    "Agreement",
    "Caution",
    "Figure",
    "Interval",
    "Level",
    "RatingTable",
    "Severity",
    "agreement",
    "allows_in_words",
    "caution_in_words",
    "cautions_in_words",
    "cohens_kappa",
    "fleiss_kappa",
    "in_words",
    "intraclass_correlations",
    "krippendorff_alpha",
    "name_of",
    "rating_table",
    "reliability",
    "severity",
    "severity_in_words",
    "verdict_in_words",
    "why_no_interval",
    "why_undefined",
]
