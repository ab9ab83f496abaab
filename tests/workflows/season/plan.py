"""What befalls which of the forty organisations, by its number. Whatever is not named here goes straight on."""

from __future__ import annotations

ORGANISATIONS, REVIEWERS, PANEL = 40, 12, 5

DECLARED = 0  # a reviewer who was drawn declares a tie
UPHELD, REJECTED = 1, 2  # the organisation objects to a reviewer
LATE = (4, 9, 14)  # a review does not come; of the last not before the time of the state itself is over
APART = (6, 7)  # reviewers are too far apart
ASKED = 8  # a question to the organisation
CONTESTED = 10  # the organisation reads the report and contests a rating
BAD = (11, 12, 13, 34)
APPEAL_LOST, APPEAL_WON = 11, 24
WITHDRAWN, LAPSED, RETURNED = 15, 16, 17
TIED, RECUSED, DISSENTED = 18, 19, 20
SUSPENDED, SUSPENSION_APPEALED = 22, 23
GIVEN_BACK = 25  # a reviewer gives a review back
TIE_NAMED = 26  # the organisation names a tie with a reviewer
CORRECTED = 29  # a major finding
PANEL_DECLARED = 39  # a member of the panel declares a tie

REFUSED = {*BAD, APPEAL_WON, TIED}
"""What the panel refuses when it first decides."""

MOST = {1: 3}
"""How many reviews at a time reviewers take who take few, by their number; the others take USUAL_MOST."""
USUAL_MOST = 12
AWAY, ONE_SECTOR = 10, 11
"""A reviewer who is on leave when reviewers are drawn, and one who takes organisations of health alone."""


CRITERIA = ("board", "conflicts", "accounts", "planning", "safeguarding", "complaints")


def ratings(organisation: int, reviewer: int = 0) -> dict[tuple[str, str], str]:
    """What the first (0) or second (1) reviewer gives each criterion."""
    return {("season", each): _rating(organisation, reviewer, each) for each in CRITERIA}


def _rating(organisation: int, reviewer: int, criterion: str) -> str:
    if organisation in BAD:
        return "1"
    if organisation == CORRECTED and criterion == "conflicts":
        return "0"
    if organisation in APART and criterion == "board":
        return ("4", "1")[reviewer]
    return "3" if criterion == "board" else "4"
