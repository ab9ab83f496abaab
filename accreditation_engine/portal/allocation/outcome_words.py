"""What a draw came to, in a sentence or three."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accreditation_engine.engine.isolates import isolate, isolated
from accreditation_engine.reviews.allocation.drawing import Outcome


def outcome_in_words(outcome: Outcome) -> str:
    names = str(_(", ")).join(isolate(str(each)) for each in outcome.people)
    said = [_("Drawn, and asked to review: %(names)s.") % {"names": names}]
    open_, missing = outcome.drawn.open, outcome.drawn.seniors_missing
    if open_:
        words = ngettext(
            "%(count)d place is still open: nobody else can be drawn.",
            "%(count)d places are still open: nobody else can be drawn.",
            open_,
        )
        said.append(words % isolated({"count": open_}))
    if missing:
        words = ngettext(
            "The scheme wants %(count)d experienced reviewer more, and none could be drawn.",
            "The scheme wants %(count)d experienced reviewers more, and none could be drawn.",
            missing,
        )
        said.append(words % isolated({"count": missing}))
    return " ".join(said)
