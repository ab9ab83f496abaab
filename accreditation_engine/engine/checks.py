"""What Django's checks say of the place where a site stands: said at its start, and by `manage.py check`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import Tags, Warning, register
from django.utils.translation import gettext as _

from accreditation_engine.closed_files import open_to_others

OPEN = "accreditation_engine.W001"


@register(Tags.security)
def state_is_closed(**_asked: Any) -> list[Warning]:
    """A site of before, or one whose folder somebody opened, is told how to close it; nothing is changed."""
    database = settings.DATABASES["default"]
    file = Path(database["NAME"]) if database["ENGINE"] == "django.db.backends.sqlite3" else None
    return [
        Warning(
            _("Other accounts of this machine can get at %(path)s.") % {"path": path},
            hint=_("Close it: chmod %(mode)s %(path)s") % {"mode": f"{mode:o}", "path": path},
            id=OPEN,
        )
        for path, mode in open_to_others(Path(settings.VAR_DIR), file)
    ]
