"""What an organisation is called before those from whom a state keeps who it is, and its files before them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePath

from django.utils.translation import gettext as _

from accreditation_engine.dossiers.models import Dossier, Evidence
from accreditation_engine.engine.visibility import knows_organisation
from accreditation_engine.portal.erased_words import or_erased

from .reader import Reader, language

LONGEST_KIND = 5  # of a file name's ending, with its dot


def organisation_called(dossier: Dossier, roles: Iterable[str]) -> str:
    """Its name in the reader's language, or that it is kept from them."""
    if knows_organisation(dossier, roles):
        return dossier.organisation.name_in(language())
    return _("An organisation that is not named")


def file_called(filed: Evidence, *, named: bool) -> str:
    """The name that the organisation gave it, which may tell who it is; else a number, and what kind of file it
    is."""
    if named:
        return or_erased(filed.name, filed.name_erased_at)
    kind = PurePath(filed.name).suffix
    return _("evidence %(number)d") % {"number": filed.pk} + (kind if len(kind) <= LONGEST_KIND else "")


def knows(reader: Reader) -> bool:
    return knows_organisation(reader.dossier, reader.roles)
