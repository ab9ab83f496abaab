"""Why an edition is not usable, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .isolates import isolate, isolated
from .reasons import wording


@wording("edition_not_as_stored")
def _not_as_stored(parameters: Mapping[str, Any]) -> str:
    return _(
        "%(definition)s: the text in the database is not what was stored; somebody has changed it there. Bring"
        " it back from a backup, or load the definition files anew."
    ) % isolated({"definition": parameters["definition"]})


@wording("edition_not_understood")
def _not_understood(parameters: Mapping[str, Any]) -> str:
    return _(
        "%(definition)s: this release cannot make a workflow of what is stored. Run the release that stored it, or"
        " mend the definition and load it as a new edition."
    ) % isolated({"definition": parameters["definition"]})


@wording("edition_lacks_rubric")
def _lacks_rubric(parameters: Mapping[str, Any]) -> str:
    return _(
        "The edition of the rubric %(rubric)s that belongs to it is not stored here. Bring it back from a"
        " backup, or load the definition files anew."
    ) % isolated({"rubric": parameters["rubric"]})


@wording("edition_unknown_rules")
def _unknown_rules(parameters: Mapping[str, Any]) -> str:
    return ngettext(
        "This release does not know the rule %(rules)s. Run a release that does, or mend the definition and load"
        " it as a new edition.",
        "This release does not know these rules: %(rules)s. Run a release that does, or mend the definition and"
        " load it as a new edition.",
        parameters["count"],
    ) % {"rules": str(_(", ")).join(map(isolate, parameters["rules"]))}
