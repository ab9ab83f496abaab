"""Reasons about what an organisation says of itself, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from accreditation_engine.engine.isolates import isolated
from accreditation_engine.engine.reasons import wording

from .profile import LONGEST_YEARS, Document


def document_title(kind: str) -> str:
    """The code itself where this version does not know it."""
    return str(Document(kind).label) if kind in Document.values else kind


@wording("unknown_legal_form")
def _unknown_legal_form(parameters: Mapping[str, Any]) -> str:
    return _(
        "“%(value)s” is not in the list of legal forms. Choose one that is, or leave it open."
    ) % isolated({"value": parameters["value"]})


@wording("unknown_document")
def _unknown_document(parameters: Mapping[str, Any]) -> str:
    return _("“%(value)s” is not a document whose day is kept here. Choose one of the list.") % isolated(
        {"value": parameters["value"]}
    )


@wording("number_impossible")
def _number_impossible(parameters: Mapping[str, Any]) -> str:
    if parameters["field"] == "staff":
        return _("So many people cannot be. Write how many are paid, as a whole number, or leave it empty.")
    return _(
        "So much cannot be. Write what was spent in the last year, as a whole number, or leave it empty."
    )


@wording("day_impossible")
def _day_impossible(parameters: Mapping[str, Any]) -> str:
    return _(
        "%(document)s: this day is more than %(years)s years away. Look at the year once more."
    ) % isolated({"document": document_title(parameters["document"]), "years": LONGEST_YEARS})
