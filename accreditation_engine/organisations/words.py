"""Reasons about people and roles, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from accreditation_engine.engine.isolates import isolated
from accreditation_engine.engine.reasons import wording
from accreditation_engine.engine.role_words import roles_in_words


@wording("unknown_role")
def _unknown_role(parameters: Mapping[str, Any]) -> str:
    return _("“%(role)s” is not a role that is granted. The roles are: %(roles)s.") % isolated(
        {
            "role": parameters["role"],
            "roles": roles_in_words(parameters["roles"]),
        }
    )


@wording("ends_in_the_past")
def _ends_in_the_past(parameters: Mapping[str, Any]) -> str:
    return _("The end of a role lies in the future. Give a later date.")
