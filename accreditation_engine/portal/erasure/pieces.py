"""What can be erased, as the page lists it: kind by kind, each piece with where it stands and who wrote it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
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


TITLES = {
    "comment": gettext_lazy("Comments and reasons in the trail"),
    "narrative": gettext_lazy("Answers of the organisation"),
    "file_name": gettext_lazy("Names of files"),
    "file": gettext_lazy("Files themselves"),
    "complaint_file": gettext_lazy("Files with concerns"),
    "profile_document": gettext_lazy("Documents of the organisation's profile"),
    "upkeep_file": gettext_lazy("Files for the upkeep of certificates"),
    "note": gettext_lazy("Reviewers' notes"),
    "name": gettext_lazy("Names"),
    "email": gettext_lazy("E-mail address"),
    "employer": gettext_lazy("Where somebody works"),
}
"""Each kind of piece."""


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
        {"title": str(TITLES[what]), "pieces": rows, "open": few or any(each["chosen"] for each in rows)}
        for what, rows in groups.items()
    ]


def vanishing(pieces: Iterable[Piece], edition: str) -> list[dict[str, Any]]:
    """The same for the page that asks once more: all of each text. One query."""
    found = list(pieces)
    names = _authors(found)
    return [{**shown(each, names, edition), "kind": str(TITLES[each.what])} for each in found]


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
    return WHERE[piece.what](piece, edition)


def _criterion(piece: Piece, edition: str) -> str:
    titles = criterion_titles(compiled(edition)) if edition else {}
    which = piece.which
    return str(titles.get((which["rubric"], which["criterion"]), which["criterion"]))


def _beside(piece: Piece, _edition: str) -> str:
    about = piece.about
    step = kind_title(about.get("kind", ""))
    if about.get("transition") and about.get("edition"):
        step = transition_title(about["edition"], about["transition"])
    return _("Event %(seq)d: %(step)s") % isolated({"seq": piece.which["seq"], "step": step})


def _borne(piece: Piece, _edition: str) -> str:
    return _("The name borne now") if piece.about.get("closes") else _("A name borne before")


WHERE: Mapping[str, Callable[[Piece, str], str]] = {
    "comment": _beside,
    "narrative": _criterion,
    "file_name": _criterion,
    "file": _criterion,
    "complaint_file": lambda _piece, _edition: _("With a concern"),
    "profile_document": lambda piece, _edition: document_title(piece.which["document"]),
    "upkeep_file": lambda _piece, _edition: _("With what was filed for a certificate"),
    "note": _criterion,
    "name": _borne,
    "email": lambda _piece, _edition: _("For signing in and for letters"),
    "employer": lambda _piece, _edition: _("Told on their account"),
}
"""By kind of piece."""


def _authors(pieces: Iterable[Piece]) -> dict[UUID, str]:
    people = {each.author for each in pieces if each.author}
    return {user.pk: str(user) for user in User.objects.filter(pk__in=people)} if people else {}
