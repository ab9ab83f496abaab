"""What a change of a rubric would do to dossiers that have been judged, before it is made."""

from .comparison import Change, Comparison, Why, compare
from .edits import EditError, Threshold, number_from, the_threshold, thresholds, with_threshold, with_weight
from .margins import Flip, Margin
from .matrix import RatingMatrix
from .movement import Move, Movement, movement
from .nearness import Nearest, nearest
from .report import Report, signed
from .rescoring import NO_OUTCOME, Rescored, rescore
from .threshold_margins import threshold_margin, threshold_margins
from .typed_edits import edited
from .weight_margins import weight_margins

__all__ = [
    "NO_OUTCOME",
    "Change",
    "Comparison",
    "EditError",
    "Flip",
    "Margin",
    "Move",
    "Movement",
    "Nearest",
    "RatingMatrix",
    "Report",
    "Rescored",
    "Threshold",
    "Why",
    "compare",
    "edited",
    "movement",
    "nearest",
    "number_from",
    "rescore",
    "signed",
    "the_threshold",
    "threshold_margin",
    "threshold_margins",
    "thresholds",
    "weight_margins",
    "with_threshold",
    "with_weight",
]
