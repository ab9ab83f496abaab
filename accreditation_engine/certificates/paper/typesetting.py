"""Typst, set up once: our fonts only, one compiler a thread, data as JSON, archival PDF."""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, Literal

import typst
from django.utils.translation import gettext_noop

from accreditation_engine.told import told

from .mistakes import located, mistake

HERE = Path(__file__).parent
FONTS = HERE / "fonts"
STANDARDS: list[typst.PDFStandard] = ["a-3b", "ua-1"]

_threads = threading.local()


class TypesettingError(Exception):
    """A document could not be set. The message says what is wrong, in the language of whoever reads it, and
    `words` the same without the typesetter's own; `detail` is all that the typesetter says."""

    def __init__(self, message: str, detail: str = "", words: str = "") -> None:
        super().__init__(message)
        self.detail = detail
        self.words = words or message


@dataclass(frozen=True)
class Attachment:
    """A file carried inside the PDF: `relationship` is its part in the document, as PDF/A-3 asks for."""

    name: str
    content: bytes
    media_type: str
    description: str
    relationship: Literal["source", "data", "alternative", "supplement"] = "data"


def find_template(name: str | Path, folders: Sequence[Path] = ()) -> Path:
    """The template file called `name` in the first of `folders` that has it, or else the one shipped here.

    A path that is absolute is taken as it is. Raises TypesettingError when there is none.
    """
    for folder in (*folders, HERE):
        if (path := Path(folder) / name).is_file():
            return path.resolve()
    searched = ", ".join(str(folder) for folder in (*folders, HERE))
    words = gettext_noop("there is no template %(name)s in %(folders)s")
    raise TypesettingError(told(words, name=name, folders=searched))


def typeset(
    template: str | Path,
    data: Mapping[str, Any],
    *,
    timestamp: datetime | int,
    assets: Mapping[str, str | bytes] | None = None,
    attachments: Sequence[Attachment] = (),
    folders: Sequence[Path] = (),
    fonts: Path = FONTS,
) -> bytes:
    """Set `template` with `data` and return a tagged PDF/A-3b whose bytes depend on the arguments alone.

    The template reads `json(bytes(sys.inputs.data))`: data never becomes source, so markup in a name is
    printed as it stands. `assets` are files the template may read by name, beside those in its own folder.
    `timestamp` (aware, or seconds since 1970) is the only clock. Raises TypesettingError when the template
    is missing or wrong, asks for a font that is not there, or when a letter is in none of the fonts.
    """
    path = find_template(template, folders)
    families = tuple(_fonts(fonts).families())
    files = {"main.typ": _begun(families) + _source(path) + _attaching(attachments)}
    files |= {f"attached-{index}": part.content for index, part in enumerate(attachments)}
    files |= {name: _bytes(content) for name, content in (assets or {}).items()}
    try:
        result, warnings = _compiler(fonts).compile_with_warnings(
            input=files,  # type: ignore[type-var]  # its stub does not know a dict of files
            root=path.parent,
            sys_inputs={"data": json.dumps(data, ensure_ascii=False), "attached": _described(attachments)},
            pdf_standards=STANDARDS,
            timestamp=timestamp,
        )
    except typst.TypstError as error:
        raise _refused(error, path, families) from error
    for warning in warnings:
        if warning.message.startswith("unknown font"):
            raise _refused(warning, path, families)
    return _one_pdf(result)


def _source(path: Path) -> bytes:
    """Without the mark that some editors set before UTF-8: no font has it."""
    try:
        return path.read_text(encoding="utf-8-sig").encode()
    except UnicodeDecodeError as error:
        words = gettext_noop("%(file)s is not written in UTF-8, or is no text; save it as UTF-8")
        raise TypesettingError(told(words, file=path.name)) from error
    except OSError as error:
        words = gettext_noop("the file %(path)s cannot be read (%(why)s)")
        raise TypesettingError(told(words, path=path, why=error.strerror)) from error


def _refused(
    error: typst.TypstError | typst.TypstWarning, path: Path, families: tuple[str, ...]
) -> TypesettingError:
    diagnosis = located(error.diagnostic, path)
    found = mistake(located(_plainly(error), path), diagnosis, families)
    return TypesettingError(found.sentence, diagnosis, found.words)


def _one_pdf(result: bytes | list[bytes] | None) -> bytes:
    if not isinstance(result, bytes):
        raise TypesettingError(told(gettext_noop("the typesetter made no PDF")))
    return result


def _begun(families: Sequence[str]) -> bytes:
    """Before a template's first line: text in a font that is not there would be left out, and nothing said."""
    named = "".join(f"{json.dumps(each)}, " for each in families)
    return f"#set text(font: ({named}));".encode()


def _compiler(fonts: Path) -> typst.Compiler:
    """This thread's compiler: one must not serve two threads at once."""
    own: dict[Path, typst.Compiler] = _threads.__dict__.setdefault("compilers", {})
    if fonts not in own:
        own[fonts] = typst.Compiler(font_paths=_fonts(fonts), ignore_system_fonts=True)
    return own[fonts]


@cache
def _fonts(folder: Path) -> typst.Fonts:
    found = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder])
    if not found.families():
        raise TypesettingError(told(gettext_noop("there are no fonts in %(folder)s"), folder=folder))
    return found


def _bytes(content: str | bytes) -> bytes:
    return content.encode() if isinstance(content, str) else content


def _attaching(attachments: Sequence[Attachment]) -> bytes:
    """Source that attaches what `_described` lists, in any template."""
    if not attachments:
        return b""
    return (
        b"\n#for (i, it) in json(bytes(sys.inputs.attached)).enumerate() { pdf.attach(it.name,"
        b' read("attached-" + str(i), encoding: none), relationship: it.relationship,'
        b" mime-type: it.media_type, description: it.description) }\n"
    )


def _described(attachments: Sequence[Attachment]) -> str:
    keys = ("name", "media_type", "description", "relationship")
    return json.dumps([{key: getattr(part, key) for key in keys} for part in attachments])


def _plainly(error: typst.TypstError | typst.TypstWarning) -> str:
    """Typst's first sentence and its hints in one line."""
    hints = "; ".join(error.hints)
    return f"{error.message} ({hints})" if hints else str(error.message)
