"""What every page of the auditor's desk has at its head."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

PAGES = (
    ("audit", gettext_lazy("Events")),
    ("audit_samples", gettext_lazy("Samples for audit")),
    ("audit_patterns", gettext_lazy("Patterns")),
    ("audit_verification", gettext_lazy("Verification")),
    ("audit_looks", gettext_lazy("Access log")),
)
"""The parts of the desk in their order. Whoever adds a part adds its address's name and title here."""


def desk_frame(current: str, *here: str, whole: bool = True) -> dict[str, Any]:
    """The head and the parts; `here` are the titles of pages below the part `current`, down to this one. Without
    the `whole` desk, for those who have this page alone, nothing leads to it."""
    tabs = [
        {"title": title, "url": reverse(name), "current": name == current and not here}
        for name, title in PAGES
    ]
    titles = [{"title": str(title), "url": reverse(name)} for name, title in PAGES if name == current]
    below = [{"title": each} for each in here]
    desk = [{"title": _("The auditor's desk"), "url": reverse("audit")}] if whole else []
    return {
        "head": {"eyebrow": _("The auditor's desk"), "title": here[-1] if here else titles[0]["title"]},
        "breadcrumbs": [*desk, *titles, *below],
        "tabs": tabs,
        "tabs_label": _("Parts of the desk"),
    }
