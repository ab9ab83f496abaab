"""What the script says that sends files as they are chosen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from accreditation_engine.engine.isolates import isolated
from accreditation_engine.uploads.arriving import PIECE

PLACE = "{}"
"""Stands where the script puts the name of a file."""


def sending_words(unfinished: Sequence[Mapping[str, Any]] | None) -> dict[str, Any]:
    """For portal/sending/lines.js; `most` is how many bytes a file may have, `piece` how many of a larger
    one are sent at a time, `unfinished` what was begun before."""
    name = {"name": PLACE}
    return {
        "most": settings.EVIDENCE_MAX_BYTES,
        "piece": PIECE,
        "unfinished": unfinished,
        "words": {
            "drop": _("Or drop files here, or paste them."),
            "camera": _("Take a photograph"),
            "sending": _("Being sent"),
            "checking": _("Being checked"),
            "waits": _("Waits for the others"),
            "filed": _("“%(name)s” was added.") % name,
            "line": _("The line broke. “%(name)s” is tried again when it is back, or when you say so.")
            % name,
            "paused": _("The line broke. It goes on from here when the line is back."),
            "begun": _("Not sent to its end. Choose the same file again, and it goes on from here."),
            "choose": _("Choose it again"),
            "choosing": _("Choose “%(name)s” again") % name,
            "unreadable": _("“%(name)s” cannot be read any more where it was chosen. Choose it once more.")
            % name,
            "comparing": _("Being compared with what has come"),
            "fault": _("The site has a fault just now. Try “%(name)s” again in a while.") % name,
            "ended": _("Your session has ended. Sign in again in another tab, and then try “%(name)s” again.")
            % name,
            "large": _("“%(name)s” is larger than %(most)d MB. Make it smaller, or split it.")
            % isolated({**name, "most": settings.EVIDENCE_MAX_BYTES // 2**20}),
            "empty": _("“%(name)s” is empty. Choose the file again.") % name,
            "cancel": _("Do not send “%(name)s”") % name,
            "retry": _("Try “%(name)s” again") % name,
            "dismiss": _("Dismiss what is said of “%(name)s”") % name,
            "stop": _("Cancel"),
            "again": _("Try again"),
            "away": _("Dismiss"),
            "came": _("“%(name)s” has come. It is handed in when you send the form.") % name,
            "there": _("It has come. It is handed in when you send the form."),
            "missing": _("“%(name)s” has not come. Try it again or dismiss it, and then send the form.")
            % name,
            "busy": _("Files are still being sent. The page goes on when they are there."),
        },
    }
