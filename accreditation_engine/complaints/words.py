"""Reasons about complaints, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from accreditation_engine.engine.isolates import isolated
from accreditation_engine.engine.reasons import wording
from accreditation_engine.uploads.words import of_file


@wording("complaint_without_text")
def _without_text(parameters: Mapping[str, Any]) -> str:
    return _("Write what happened.")


@wording("complaint_of_tomorrow")
def _of_tomorrow(parameters: Mapping[str, Any]) -> str:
    return _("That day is still to come. Write the day on which it happened, or leave it open.")


@wording("complaint_long_name")
def _long_name(parameters: Mapping[str, Any]) -> str:
    return _("The name is too long: at most %(most)d characters are taken.") % isolated(parameters)


@wording("complaint_bad_mail")
def _bad_mail(parameters: Mapping[str, Any]) -> str:
    return _("This is no e-mail address. Correct it, or leave it empty.")


@wording("complaint_over")
def _over(parameters: Mapping[str, Any]) -> str:
    return _("This concern is decided; nothing can be added to it. Raise a new one.")


@wording("nothing_to_audit")
def _nothing_to_audit(parameters: Mapping[str, Any]) -> str:
    return _(
        "The organisation holds no certificate of this scheme any more, so there is nothing to audit. Uphold the"
        " concern without a special audit."
    )


@of_file("complaint_files_many")
def _files_many(parameters: Mapping[str, Any]) -> str:
    return _(
        "At most %(most)d files are taken at once, and %(all)d with one concern. Choose those that show most."
    ) % isolated(parameters)


@of_file("complaint_files_full")
def _files_full(parameters: Mapping[str, Any]) -> str:
    return _("At most %(files)d files and %(most)d MB are taken with an answer. Choose fewer.") % isolated(
        parameters
    )


@wording("complaint_full")
def _full(parameters: Mapping[str, Any]) -> str:
    return _(
        "You have added to this concern %(most)d times; more is not taken here. Write to the accrediting body."
    ) % isolated(parameters)
