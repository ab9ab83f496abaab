"""What the typesetter says of a template, in words for those who wrote it: what is wrong, in which file and
line."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext_noop

from accreditation_engine.told import told

PLACE = re.compile(r"┌─ (?:\S*/)?([^/\s:]+):(\d+):\d+")
"""Where a diagnosis points: a file and the line in it."""

KNOWN = (
    (
        r"unknown variable: (?P<name>[^\s(]+)",
        gettext_noop("nothing is called %(name)s here; look how it is spelt, or make it with #let"),
    ),
    (
        r"unclosed (?:delimiter|string|raw text|comment)",
        gettext_noop(
            "a bracket, a quotation mark or another sign (such as * _ $) is opened there and never closed; close"
            " it, or write \\ before it where the sign itself is meant"
        ),
    ),
    (
        r"unexpected closing",
        gettext_noop("a bracket is closed there that was never opened; take it away, or open it"),
    ),
    (
        r"unexpected argument(?:: (?P<name>.+))?",
        gettext_noop("what stands there in brackets has no such argument; look how it is spelt"),
    ),
    (r"missing argument: (?P<name>[^(]+)", gettext_noop("the argument %(name)s is missing there; add it")),
    (r"duplicate argument: (?P<name>.+)", gettext_noop("the argument %(name)s stands there twice; keep one")),
    (
        r"expected (?P<what>.+), found (?P<found>[^(]+)",
        gettext_noop("another kind of value is needed there (%(what)s) than what stands there (%(found)s)"),
    ),
    (r"expected (?P<what>[^(]+)", gettext_noop("something is missing there: %(what)s")),
    (r"unexpected (?P<found>.+)", gettext_noop("something stands there that has no place there: %(found)s")),
    (
        r"unknown font family: (?P<name>.+)",
        gettext_noop(
            "no font is called %(name)s, and a font is never replaced unseen; take one of those that are there:"
            " %(fonts)s"
        ),
    ),
    (
        r"file not found(?: \(searched at (?P<name>[^)]+)\))?",
        gettext_noop("the file %(name)s is not there; put it beside the template"),
    ),
    (
        r"path .(?P<name>.+). would escape",
        gettext_noop("no file outside of the folder of templates is read; copy it into the folder"),
    ),
    (
        r"failed to (?:parse|decode|load)",
        gettext_noop("a file that is read there is broken, or of another kind than it should be; look at it"),
    ),
    (
        r'dictionary does not contain key "(?P<name>[^"]+)"',
        gettext_noop("nothing is called %(name)s in what stands there; docs/templates.md says what there is"),
    ),
    (
        r"cannot access fields on type (?P<found>.+)",
        gettext_noop("what stands before the dot (%(found)s) has nothing of that name within it"),
    ),
    (
        r"cannot (?:add|subtract|multiply|divide|compare|join|apply|convert|mutate)",
        gettext_noop("these two do not go together there; look what each of them is"),
    ),
    (
        r".*missing alt text",
        gettext_noop(
            'a picture has no words for those who do not see it; give it alt: "...", or write pdf.artifact(...)'
            " around it where it is ornament"
        ),
    ),
    (
        r".*missing document title",
        gettext_noop("the document has no title; write #set document(title: ...)"),
    ),
    (
        r".*heading",
        gettext_noop(
            "the headings are out of order; begin with one of the first level (=) and leave none out"
        ),
    ),
    (
        r'.*the text `"(?P<name>.+?)"` could not be displayed',
        gettext_noop("none of the fonts there has the sign %(name)s; take another font, or another sign"),
    ),
    (
        r"(?:panicked|assertion failed)(?: with)?:? ?(?P<what>.*)",
        gettext_noop("the template itself stops there: %(what)s"),
    ),
    (
        r"array index out of bounds",
        gettext_noop("the list there has fewer parts than are asked for; ask for its length (.len()) first"),
    ),
    (
        r"label `(?P<name>[^`]+)` does not exist",
        gettext_noop(
            "nothing bears the mark %(name)s; where the sign @ or < itself is meant, write \\ before it"
        ),
    ),
    (
        r"maximum|loop seems|condition is always true",
        gettext_noop("what is asked there never ends; look at what repeats itself"),
    ),
)
KINDS = {
    "expression": gettext_noop("a value"),
    "identifier": gettext_noop("a name"),
    "pattern": gettext_noop("a name"),
    "comma": gettext_noop("a comma"),
    "colon": gettext_noop("a colon"),
    "semicolon or line break": gettext_noop("a new line"),
    "equals sign": gettext_noop("an equals sign"),
    "block": gettext_noop("a block in braces"),
    "string": gettext_noop("a text in quotes"),
    "content": gettext_noop("content in square brackets"),
    "integer": gettext_noop("a whole number"),
    "float": gettext_noop("a number"),
    "boolean": gettext_noop("true or false"),
    "length": gettext_noop("a length, such as 3pt"),
    "color": gettext_noop("a colour"),
    "array": gettext_noop("a list"),
    "dictionary": gettext_noop("a dictionary"),
    "function": gettext_noop("a function"),
    "none": gettext_noop("nothing"),
}
"""What the typesetter misses or finds; other kinds are called as it calls them."""
OTHERWISE = gettext_noop("the typesetter cannot set what stands there")


@dataclass(frozen=True)
class Mistake:
    """`typst` is what the typesetter says, as it says it; `line` is 0 where it names no place."""

    typst: str
    file: str = ""
    line: int = 0
    fonts: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """What is wrong and where, in the language of whoever reads it."""
        what = self._what()
        if not self.line:
            return what
        return told(
            gettext_noop("%(file)s, line %(line)s: %(what)s"), file=self.file, line=self.line, what=what
        )

    @property
    def sentence(self) -> str:
        """The same, with the typesetter's own words."""
        return told(gettext_noop("%(words)s (Typst: %(typst)s)"), words=self.words, typst=self.typst)

    def _what(self) -> str:
        for pattern, words in KNOWN:
            if found := re.match(pattern, self.typst):
                return told(words, **_values(found), fonts=", ".join(self.fonts))
        return told(OTHERWISE)


def _values(found: re.Match[str]) -> dict[str, str]:
    values = {name: (value or "").strip() for name, value in found.groupdict().items()}
    return {name: told(KINDS[value]) if value in KINDS else value for name, value in values.items()}


def mistake(said: str, diagnosis: str, fonts: tuple[str, ...] = ()) -> Mistake:
    place = PLACE.search(diagnosis)
    file, line = (place[1], int(place[2])) if place else ("", 0)
    return Mistake(said, file, line, fonts)


def located(text: str, template: Path) -> str:
    """What the typesetter says without the places on this machine; it calls every template by one name."""
    text = re.sub(r"(?:[^\s/]*/)*main\.typ\b", template.name, text)
    text = text.replace(f"{template.parent}/", "")
    return re.sub(r"(┌─ )(?:[^\s/:]*/)+", r"\1", text)
