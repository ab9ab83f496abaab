"""What went wrong, said in the language of whoever reads it: often another than that of whoever it happened to."""

from __future__ import annotations

from django.conf import settings
from django.utils.functional import Promise, lazy
from django.utils.translation import get_language, get_language_bidi, gettext, override

FIRST_STRONG, POP = "\u2068", "\u2069"


def told(words: str, /, **values: object) -> str:
    """The translation of `words` with `values` in their places, whenever it is read. An exception that is made of
    it says it in the language that is active then. Mark `words` with gettext_noop."""
    return lazy(_said, str)(words, values)


def in_each_language(error: Exception) -> str:
    """A line for each language of the site, or one where all are the same; an exception that was not made to be
    read is called by its name."""
    lines = []
    for language, _name in settings.LANGUAGES:
        with override(language):
            lines.append(_line(error))
    return lines[0] if len(set(lines)) == 1 else "\n".join(lines)


def in_this_language(lines: str) -> str:
    """Of what `in_each_language` gave."""
    languages = [language for language, _name in settings.LANGUAGES]
    found = lines.splitlines()
    active = (get_language() or settings.LANGUAGE_CODE).partition("-")[0]
    if len(found) != len(languages) or active not in languages:
        return lines
    return found[languages.index(active)]


def _said(words: str, values: dict[str, object]) -> str:
    return gettext(words) % {name: _isolated(str(value)) for name, value in values.items()}


def _isolated(value: str) -> str:
    """So that it does not disturb the order of the sentence around it."""
    disturbs = get_language_bidi() or not value.isascii()
    return f"{FIRST_STRONG}{value}{POP}" if disturbs else value


def _line(error: Exception) -> str:
    words = " ".join(str(error).split())
    made_to_be_read = bool(error.args) and isinstance(error.args[0], Promise)
    return words if made_to_be_read else f"{type(error).__name__}: {words}"
