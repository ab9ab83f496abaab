"""Parts of files that are XML, read element by element."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import IO
from xml.parsers import expat

from .zipped import chunks_of

Acts = Callable[[str, Mapping[str, str]], Iterator[str]]
"""What an element would do, by its name and attributes, each with its namespace before it and a blank between."""


def xml_flaws(stream: IO[bytes], acts: Acts) -> Iterator[str]:
    """The codes of reasons that the elements give. Files of offices declare no entities; one that does is for
    harm."""
    found: list[str] = []
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = lambda name, attributes: found.extend(acts(name, attributes))
    parser.EntityDeclHandler = lambda *_declared: found.append("file_broken")
    try:
        for chunk in chunks_of(stream):
            parser.Parse(chunk, False)
            yield from found
            found.clear()
        parser.Parse(b"", True)
    except expat.ExpatError:
        yield "file_broken"
    yield from found
