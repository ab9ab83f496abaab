"""An event field by field: the field's code, what it means, and what it says."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from accreditation_engine.engine.isolates import isolated

Field = tuple[str, Any]


def meaning(path: str) -> str:
    """What the field at `path` (such as actor.name_digest or data.ratings) holds."""
    known = {
        "stream": _("Whose events these are: the identifier of the file, person, scheme or key"),
        "seq": _("The number of the event in its stream; there are no gaps"),
        "at": _("When it happened, in universal time"),
        "kind": _("What kind of event it is"),
        "actor.id": _("Who acted; empty for the system"),
        "actor.name_digest": _("Digest of the name borne then, which lies beside and can be erased by law"),
        "role": _("The role in which it was done"),
        "edition": _("The edition of the scheme it was judged by"),
        "transition": _("The step that was taken or refused"),
        "source": _("The state before"),
        "target": _("The state after"),
        "comment_digest": _("Digest of the comment, which lies beside and can be erased by law"),
        "previous": _("The hash of the event before"),
        "data.deadline": _("When the state that was entered ends, reckoned on the calendar known then"),
        "hash": _("The hash of this event: SHA-256 of all its other fields in canonical form"),
    }
    if path in known:
        return known[path]
    return (
        _judged(path)
        if path.startswith("data.judged")
        else _("What belongs to this kind of event: %(name)s")
        % (isolated({"name": path.removeprefix("data.")}))
    )


def _judged(path: str) -> str:
    return _("What was judged: %(name)s") % isolated({"name": path.removeprefix("data.judged.")})


def fields_of(content: Mapping[str, Any], before: str = "") -> Iterator[Field]:
    """Every leaf with its path; lists and empty mappings are leaves."""
    for name, value in content.items():
        path = f"{before}.{name}" if before else name
        if isinstance(value, dict) and value:
            yield from fields_of(value, path)
        else:
            yield path, value


def shown(value: Any) -> str:
    """A value as it stands in the event; "" for null."""
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
