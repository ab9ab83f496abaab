"""The names of roles, in the active language."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

TITLES = {
    "applicant": gettext_lazy("applicant"),
    "coordinator": gettext_lazy("coordinator"),
    "reviewer": gettext_lazy("reviewer"),
    "panel": gettext_lazy("panel"),
    "appeal_panel": gettext_lazy("appeal panel"),
    "chair": gettext_lazy("chair of the panel"),
    "coach": gettext_lazy("coach"),
    "methodologist": gettext_lazy("methodologist"),
    "auditor": gettext_lazy("auditor"),
    "administrator": gettext_lazy("administrator"),
    "system": gettext_lazy("the system"),
}


def role_title(role: str) -> str:
    return str(TITLES.get(role, role))


def roles_in_words(roles: Iterable[str]) -> str:
    """Several roles as a list with the language's own comma."""
    return str(_(", ")).join(role_title(role) for role in roles)
