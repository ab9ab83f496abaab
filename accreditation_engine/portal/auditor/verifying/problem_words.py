"""What verification found, in words, from the code of each problem."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accreditation_engine.engine.isolates import isolated

WORDS = {
    "checkpoint": gettext_lazy("A checkpoint does not hold what it was signed over"),
    "deleted": gettext_lazy("An event is missing that was there"),
    "draw": gettext_lazy("A draw of reviewers is not what its seed draws"),
    "edited": gettext_lazy("An event was changed after it was written"),
    "edition": gettext_lazy("An edition of a definition is not what it was"),
    "erased": gettext_lazy("A text is gone, and no erasure by law speaks of it"),
    "evidence": gettext_lazy("A stored file is not the one that was filed, or it is missing"),
    "gone": gettext_lazy("All events of something are missing"),
    "headless": gettext_lazy("Events stand where no stream was begun"),
    "inserted": gettext_lazy("An event was put in between"),
    "judged": gettext_lazy("What a decision judged is not what its event says"),
    "key": gettext_lazy("A key is not the one that events speak of"),
    "name": gettext_lazy("A name is not the one that events speak of"),
    "replay": gettext_lazy("A row in a table is not what the events tell"),
    "rewritten": gettext_lazy("Events stand there that were not signed for"),
    "scheme": gettext_lazy("A scheme is open under an edition that no event speaks of"),
    "state": gettext_lazy("A state is not what the events tell"),
    "text": gettext_lazy("A comment is not the one that was written"),
    "tree": gettext_lazy("The tree of all events does not fit them"),
    "unlinked": gettext_lazy("An event does not follow from the one before it"),
}


def problem_title(code: str) -> str:
    return str(WORDS[code]) if code in WORDS else _("Something differs (%(code)s)") % isolated({"code": code})
