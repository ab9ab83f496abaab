"""What to write instead of a name that is none, in the language that is spoken."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from django.utils.translation import gettext as _

from .isolates import isolate


def instead(word: str, known: Iterable[str]) -> str:
    """The name that `word` resembles, or else all names there are."""
    names = sorted(known)
    near = get_close_matches(word, names, n=1, cutoff=0.6)
    if near:
        return _("did you mean %(name)s?") % {"name": isolate(near[0])}
    if not names:
        return _("none is known here")
    return _("known here: %(names)s") % {"names": all_of(names)}


def all_of(names: Iterable[str]) -> str:
    """Names in a row, each in an isolate, so that they keep their order in Arabic text."""
    return _(", ").join(isolate(each) for each in names)
