"""What can be erased, as the page lists it: kind by kind, each piece with where it stands and who wrote it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accreditation_engine.engine.compiled import compiled
from accreditation_engine.engine.erasures import Piece
from accreditation_engine.engine.isolates import isolated
from accreditation_engine.engine.words import transition_title
from accreditation_engine.organisations.models import User
from accreditation_engine.organisations.profile_words import document_title
from accreditation_engine.portal.auditor.kind_words import kind_title
from accreditation_engine.portal.dossier.rubrics import criterion_titles

SHOWN = 200
"""So many characters of each text stand in the list; all of it stands on the page that asks once more."""

FEW = 12
"""So many pieces need no folding."""


FILED_WITH = {
    "complaint_file": gettext_lazy("With a concern"),
    "upkeep_file": gettext_lazy("With what was filed for a certificate"),
}


def kind_of_text(what: str) -> str:
    titles = {
        "comment": _("Comments and reasons in the trail"),
        "narrative": _("Answers of the organisation"),
        "file_name": _("Names of files"),
        "file": _("Files themselves"),
        "complaint_file": _("Files with concerns"),
        "profile_document": _("Documents of the organisation's profile"),
        "upkeep_file": _("Files for the upkeep of certificates"),
        "note": _("Reviewers' notes"),
        "name": _("Names"),
        "email": _("E-mail address"),
        "employer": _("Where somebody works"),
    }
    return titles.get(what, what)


def listed(pieces: Iterable[Piece], chosen: Collection[str], edition: str) -> list[dict[str, Any]]:
    """For erase_choose.html: [{title, pieces, open}]; of many pieces the kinds are folded, but for those of which
    something is chosen. One query."""
    found = list(pieces)
    names = _authors(found)
    groups: dict[str, list[dict[str, Any]]] = {}
    for each in found:
        groups.setdefault(each.what, []).append(shown(each, names, edition, chosen=each.key in chosen))
    few = len(found) <= FEW
    return [
        {"title": kind_of_text(what), "pieces": rows, "open": few or any(each["chosen"] for each in rows)}
        for what, rows in groups.items()
    ]


def vanishing(pieces: Iterable[Piece], edition: str) -> list[dict[str, Any]]:
    """The same for the page that asks once more: all of each text. One query."""
    found = list(pieces)
    names = _authors(found)
    return [{**shown(each, names, edition), "kind": kind_of_text(each.what)} for each in found]


def shown(piece: Piece, names: Mapping[UUID, str], edition: str, *, chosen: bool = False) -> dict[str, Any]:
    return {
        "key": piece.key,
        "where": where(piece, edition),
        "text": piece.text,
        "begins": piece.text[:SHOWN] + ("…" if len(piece.text) > SHOWN else ""),
        "at": piece.at,
        "author": names.get(piece.author, "") if piece.author else "",
        "chosen": chosen,
        "closes": bool(piece.about.get("closes")),
    }


def where(piece: Piece, edition: str) -> str:
    """Where a piece stands, such as the title of its criterion, or the step that a comment goes with."""
    which, about = piece.which, piece.about
    if "criterion" in which:
        titles = criterion_titles(compiled(edition)) if edition else {}
        return str(titles.get((which["rubric"], which["criterion"]), which["criterion"]))
    if piece.what == "comment":
        return _beside(which["seq"], about)
    if piece.what == "profile_document":
        return document_title(which["document"])
    if piece.what in FILED_WITH:
        return str(FILED_WITH[piece.what])
    if piece.what == "name":
        return _("The name borne now") if about.get("closes") else _("A name borne before")
    return _("Told on their account") if piece.what == "employer" else _("For signing in and for letters")


def _beside(seq: int, about: Mapping[str, Any]) -> str:
    step = kind_title(about.get("kind", ""))
    if about.get("transition") and about.get("edition"):
        step = transition_title(about["edition"], about["transition"])
    return _("Event %(seq)d: %(step)s") % isolated({"seq": seq, "step": step})


def _authors(pieces: Iterable[Piece]) -> dict[UUID, str]:
    people = {each.author for each in pieces if each.author}
    return {user.pk: str(user) for user in User.objects.filter(pk__in=people)} if people else {}
