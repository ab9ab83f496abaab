"""Files that went back again and again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accreditation_engine.engine.isolates import isolated
from accreditation_engine.engine.words import state_title

from .pattern import Hit, Pattern
from .scope import Scope

RETURNS = 3


def found(scope: Scope) -> Pattern:
    hits = []
    for dossier, moves in scope.moves.items():
        count, state = returns(each.target for each in moves)
        if count >= RETURNS:
            words = ngettext(
                "Came back %(count)d time to a state it had left; most often to “%(state)s”.",
                "Came back %(count)d times to states it had left; most often to “%(state)s”.",
                count,
            )
            title = next(state_title(each.edition, state) for each in moves if each.target == state)
            said = words % isolated({"count": count, "state": title})
            url = reverse("dossier_road", args=[dossier])
            hits.append(Hit(scope.number(dossier), url, said, count))
    return Pattern(
        "many_returns",
        _("Many returns"),
        _(
            "The file was in the same states several times. Often the organisation learns; sometimes nobody"
            " decides."
        ),
        _("Listed from %(returns)d returns to a state that the file had left.") % {"returns": RETURNS},
        _("Files looked at: %(count)d") % {"count": len(scope.moves)},
        hits,
    )


def returns(states: Iterable[str]) -> tuple[int, str]:
    """How often a state was entered that had been entered before, and the one entered most often."""
    entered = Counter(states)
    return sum(entered.values()) - len(entered), max(entered, key=lambda each: entered[each], default="")
