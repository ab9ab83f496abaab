"""What is not as it was when it was judged, in words, as far as the reader may see it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accreditation_engine.decisions.comparing import Change
from accreditation_engine.decisions.since import Since
from accreditation_engine.dossiers.unannounced import kept_from
from accreditation_engine.engine.isolates import isolated
from accreditation_engine.engine.words import transition_title

from .reader import Reader, language
from .rubrics import criterion_titles, given

TOLD = 5
"""So many stand open; the others are folded."""

DIGEST = 12
"""Characters of a SHA-256 by which people compare."""

Words = Callable[[], str]
_FILES: dict[str, Words] = {
    "evidence_added": lambda: _(
        "Evidence that was not judged lies with “%(criterion)s” (SHA-256 %(sha256)s)."
    ),
    "evidence_gone": lambda: _("Evidence that was judged is gone from “%(criterion)s” (SHA-256 %(sha256)s)."),
    "evidence_replaced": lambda: _(
        "Evidence of “%(criterion)s” was replaced (SHA-256 %(before)s was judged, %(sha256)s lies there)."
    ),
    "file_changed": lambda: _(
        "The stored file of “%(criterion)s” is not the one that was judged (%(sha256)s)."
    ),
    "file_gone": lambda: _("The stored file of “%(criterion)s” is missing (%(sha256)s)."),
}
_OTHERS: dict[str, Words] = {
    "evidence": lambda: _("The evidence as a whole is not what was judged."),
    "ratings": lambda: _("The ratings as a whole are not those that were judged."),
    "review": lambda: _("A review is not as it was sent."),
    "review_gone": lambda: _("A review that was judged does not count any more."),
    "review_added": lambda: _("A review counts that was not judged."),
    "edition": lambda: _("The edition of the scheme is not the one that was judged by."),
    "scope": lambda: _("The scope of the certificate is not the one that was judged."),
    "finding_gone": lambda: _("A finding that was judged is gone."),
    "finding": lambda: _("The finding on “%(criterion)s” is not in the state that was judged."),
    "finding_reopened": lambda: _(
        "The finding on “%(criterion)s” was closed at the decision and is open again."
    ),
    "vote": lambda: _("The vote of event %(seq)d is not the one that was counted."),
}
_NEEDS = {"vote": "votes", "sheet": "scores", "edition": "answers", "scope": "answers"}
_PREFIXES = {"evidence": "evidence", "file": "evidence", "finding": "findings"}


def changed(reader: Reader, since: Since | None) -> dict[str, Any] | None:
    """For parts/changed.html; None where all is as it was judged. No query."""
    if since is None or not since.changes or _not_told(reader):
        return None
    seen = [each for each in since.changes if reader.sees(needed(each.what))]
    lines = [in_words(reader, each) for each in seen]
    if len(seen) < len(since.changes):
        lines.append(_("Something else that you may not see at this stage."))
    decision = transition_title(since.decision.edition, since.decision.transition)
    folded = lines[TOLD:]
    return {
        "tone": "warning" if since.serious else "info",
        "title": _("Changed since the decision"),
        "text": _text(serious=bool(since.serious)) % isolated({"step": decision, "seq": since.decision.seq}),
        "told": lines[:TOLD],
        "folded": folded,
        "more": ngettext("%(count)d more", "%(count)d more", len(folded)) % {"count": len(folded)},
    }


def _not_told(reader: Reader) -> bool:
    """That there is a decision is not known to the reader."""
    return kept_from(reader.dossier.edition_id, reader.dossier.state, reader.roles)


def _text(*, serious: bool) -> str:
    if serious:
        return _(
            "What was judged at event %(seq)d (%(step)s) is not what lies here now. Have the trail of this file"
            " verified, and tell the administrator."
        )
    return _("Something has moved on since event %(seq)d (%(step)s), by a step that stands in the trail.")


def needed(what: str) -> str:
    """What a reader must see to be told of such a change."""
    return _NEEDS.get(what) or _PREFIXES.get(what.partition("_")[0], "ratings")


def in_words(reader: Reader, change: Change) -> str:
    about = _named(reader, change.about)
    if change.what == "rating":
        return _("A rating of “%(criterion)s” was %(before)s when it was judged and is %(after)s.") % about
    if change.what == "consensus":
        return (
            _("What was agreed on “%(criterion)s” was %(before)s when it was judged and is %(after)s.")
            % about
        )
    if change.what == "sheet":
        return _("The score sheet of “%(rubric)s” does not come out as it did.") % about
    words = _FILES.get(change.what) or _OTHERS[change.what]
    return words() % about


def _named(reader: Reader, about: Mapping[str, Any]) -> dict[str, Any]:
    """Codes as people know them."""
    rubric = reader.scheme.rubrics.get(about.get("rubric", ""))
    named = dict(about)
    if rubric is not None:
        named["rubric"] = rubric.title.in_language(language())
        named["criterion"] = criterion_titles(reader.scheme).get(
            (rubric.id, about.get("criterion", "")), about.get("criterion", "")
        )
    for name in ("before", "after"):
        if name in about and "sha256" not in about:
            named[name] = _rating(rubric, about[name])
        elif name in about:
            named[name] = about[name][:DIGEST]
    if "sha256" in about:
        named["sha256"] = about["sha256"][:DIGEST]
    return isolated(named)


def _rating(rubric: Any, value: str) -> str:
    if not value or rubric is None:
        return value or _("left open")
    return given(rubric, value)["rating"]
