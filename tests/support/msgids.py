"""Every text that is for translation: found in the sources, as `makemessages` would."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

from babel.messages.extract import extract
from django.utils.translation.template import templatize

import accreditation_engine

PACKAGE = Path(accreditation_engine.__file__).parent
CATALOGUE = PACKAGE / "locale" / "ar" / "LC_MESSAGES" / "django.po"
TEMPLATES = (".html", ".txt")
KEYWORDS = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop")),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (1, 2)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), ((1, "c"), 2)),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), ((1, "c"), 2, 3)),
}

Message = tuple[str | None, str | tuple[str, ...]]
"""Context and text; several texts where they are counted."""


def messages_in(file: Path) -> Iterator[Message]:
    """The texts of one Python file or template."""
    source = file.read_text(encoding="utf-8")
    text = templatize(source) if file.suffix in TEMPLATES else source
    for _line, words, _comments, context in extract("python", io.BytesIO(text.encode()), keywords=KEYWORDS):
        yield context, words


def sources() -> list[Path]:
    templates = (found for kind in TEMPLATES for found in PACKAGE.rglob(f"templates/**/*{kind}"))
    return sorted([*PACKAGE.rglob("*.py"), *templates])


def every_message() -> set[Message]:
    return {message for file in sources() for message in messages_in(file)}
