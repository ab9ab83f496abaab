"""The same person giving a part and playing it."""

from __future__ import annotations

from django.db.models import F
from django.utils.translation import gettext as _

from accreditation_engine.engine.isolates import isolated
from accreditation_engine.trail.models import Event

from .pattern import Hit, Pattern
from .scope import Scope, event_url, trail_url


def found(scope: Scope) -> Pattern:
    return Pattern(
        "own_roles",
        _("Gave a part and played it"),
        _(
            "Somebody granted a role to themselves, or asked for the reviews of a file that they review. In a"
            " small body"
            " one person may have to do both; somebody else should know of it."
        ),
        _("Every one is listed. Roles are looked at by those alone who audit all schemes."),
        _("Files looked at: %(count)d") % {"count": len(scope.files)},
        [*_granted(scope), *_asked(scope)],
    )


def _granted(scope: Scope) -> list[Hit]:
    """Events of people are read by those who audit all schemes. One query."""
    if scope.desk.schemes is not None:
        return []
    own = Event.objects.filter(kind="role_granted", actor=F("stream")).order_by("at")
    words = _("Granted a role to themselves.")
    return [Hit(scope.name(each.stream), event_url(each.stream, each.seq), words, 1) for each in own]


def _asked(scope: Scope) -> list[Hit]:
    """Whoever asked a reviewer for a file that they review as well."""
    words = _("%(name)s asked for a review of the file and reviews it.")
    return [
        Hit(scope.number(dossier), trail_url(dossier), words % isolated({"name": scope.name(person)}), 2)
        for dossier, person, _asked, _sent in scope.assignments
        if (dossier, person, "assigned") in scope.acts
    ]
