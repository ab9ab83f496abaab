"""What a token lets a program do, in words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

SCOPES = {
    "dossiers:read": gettext_lazy("Read the files that I may see"),
    "trail:read": gettext_lazy("Read their decision trails, where I may"),
    "queue:read": gettext_lazy("Read my queue of reviews"),
    "transitions:write": gettext_lazy("Take steps in my name"),
}


def scope_title(code: str) -> str:
    """The code itself where this version has no such scope any more."""
    return str(SCOPES.get(code, code))
