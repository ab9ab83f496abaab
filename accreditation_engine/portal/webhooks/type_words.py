"""What an address may be told of, in words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

TYPES = {
    "certificate.issued": gettext_lazy("A certificate is issued"),
    "certificate.changed": gettext_lazy("A certificate comes to stand otherwise in the register"),
    "dossier.opened": gettext_lazy("A file is opened"),
    "dossier.submitted": gettext_lazy("A file is handed in"),
    "dossier.state_changed": gettext_lazy("A file comes into another state"),
    "dossier.decided": gettext_lazy("A decision about a file is announced"),
    "finding.raised": gettext_lazy("A finding is raised"),
    "finding.changed": gettext_lazy("A finding comes into another state"),
    "upkeep.planned": gettext_lazy("Something is planned to keep a certificate"),
    "upkeep.changed": gettext_lazy("What keeps a certificate comes into another state"),
    "concern.raised": gettext_lazy("A concern is raised, or put to the organisation"),
    "concern.changed": gettext_lazy("A concern comes into another state"),
}


def type_title(type_: str) -> str:
    """The code itself where this version tells of no such thing any more."""
    return str(TYPES.get(type_, type_))
