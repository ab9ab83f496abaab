"""What verification found, in words, from the code of each problem."""

from __future__ import annotations

import re
from collections.abc import Collection
from uuid import UUID

from django.db.models import F
from django.utils.translation import get_language, gettext_lazy

from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.problem_sentences import said
from accreditation_engine.engine.role_words import TITLES
from accreditation_engine.organisations.models import Organisation, User

IDENTIFIER = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")

WORDS = {
    "account": gettext_lazy("An account bears another name than its events"),
    "checkpoint": gettext_lazy("A checkpoint does not hold what it was signed over"),
    "cut off": gettext_lazy("The last events of something are missing"),
    "deleted": gettext_lazy("An event is missing that was there"),
    "draw": gettext_lazy("A draw of reviewers is not what its seed draws"),
    "edited": gettext_lazy("An event was changed after it was written"),
    "edition": gettext_lazy("An edition of a definition is not what it was"),
    "erased": gettext_lazy("A text is gone, and no erasure by law speaks of it"),
    "evidence": gettext_lazy("A stored file is not the one that was filed, or it is missing"),
    "gone": gettext_lazy("All events of something are missing"),
    "headless": gettext_lazy("Events stand where no stream was begun"),
    "impossible": gettext_lazy("An event says what could not happen then"),
    "inserted": gettext_lazy("An event was put in between"),
    "judged": gettext_lazy("What a decision judged is not what its event says"),
    "kind": gettext_lazy("An event is of a kind that nothing here writes"),
    "key": gettext_lazy("A key is not the one that events speak of"),
    "moment": gettext_lazy("An event is dated when it cannot have been written"),
    "name": gettext_lazy("A name is not the one that events speak of"),
    "opened": gettext_lazy("Something is not what it was opened as"),
    "replay": gettext_lazy("A row in a table is not what the events tell"),
    "report": gettext_lazy("A version of a report is not what its events say"),
    "rewritten": gettext_lazy("Events stand there that were not signed for"),
    "scheme": gettext_lazy("A scheme is open under an edition that no event speaks of"),
    "search": gettext_lazy("The search finds something else than was written"),
    "state": gettext_lazy("A state is not what the events tell"),
    "text": gettext_lazy("A comment is not the one that was written"),
    "tree": gettext_lazy("The tree of all events does not fit them"),
    "unlinked": gettext_lazy("An event does not follow from the one before it"),
    "unplanted": gettext_lazy("An event is not in the tree of all events"),
}
COLUMNS = {
    "value": gettext_lazy("the rating"),
    "rating": gettext_lazy("the rating"),
    "choice": gettext_lazy("the vote"),
    "note": gettext_lazy("the note"),
    "narrative": gettext_lazy("the text"),
    "name": gettext_lazy("the name"),
    "edition": gettext_lazy("the edition"),
    "state_seq": gettext_lazy("the event of the state"),
    "entered_at": gettext_lazy("when the state was entered"),
    "entered_seq": gettext_lazy("the event that entered the state"),
    "deadline_at": gettext_lazy("the deadline"),
    "due_at": gettext_lazy("when it is due"),
    "sent_at": gettext_lazy("when it was sent"),
    "filed_at": gettext_lazy("when it was filed"),
    "filed_by": gettext_lazy("who filed it"),
    "number": gettext_lazy("the number"),
    "scheme": gettext_lazy("the scheme"),
    "owner": gettext_lazy("the owner"),
    "since": gettext_lazy("from when"),
    "until": gettext_lazy("until when"),
}
"""What columns of tables are called; one without a word keeps its name."""


def problem_title(code: str) -> str:
    """Codes without a word of their own are those of tables."""
    return str(WORDS.get(code, WORDS["replay"]))


def details_in_words(details: Collection[str]) -> dict[str, str]:
    """Each in the language of now, with names in place of identifiers that are known. One query, none where
    there is no identifier."""
    roles = {code: str(words) for code, words in TITLES.items()}
    names = roles | {code: str(words) for code, words in COLUMNS.items()} | _names(details)
    return {each: names.get(each) or said(each, names) for each in details}


def _names(details: Collection[str]) -> dict[str, str]:
    wanted = {UUID(found) for each in details for found in IDENTIFIER.findall(each)}
    if not wanted:
        return {}
    name = "name_en" if (get_language() or "").startswith("en") else "name_ar"
    people = User.objects.filter(pk__in=wanted).order_by().values_list("pk", "name")
    organisations = Organisation.objects.filter(pk__in=wanted).order_by().values_list("pk", F(name))
    dossiers = Dossier.objects.filter(pk__in=wanted).order_by().values_list("pk", "number")
    return {str(pk): called for pk, called in people.union(organisations, dossiers, all=True) if called}
