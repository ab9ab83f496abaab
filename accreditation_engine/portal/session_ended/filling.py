"""Putting what was typed back into the form of a page, whichever page it is: its own markup is copied, and only
what the fields hold is written anew. Forms need know nothing of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser
from itertools import accumulate
from urllib.parse import urljoin, urlsplit

from accreditation_engine.portal.given_back import is_words

SENT_BY = {"submit", "image", "button", "reset"}
NEVER_FILLED = SENT_BY | {"file", "password"}
CHOSEN = {"checkbox", "radio", "option"}
FOLD = "<details"
OURS = "csrfmiddlewaretoken"


@dataclass
class Control:
    """A field as it stands in the markup from `start` to `end`; of a textarea and an option also the text within,
    which ends at `closed`. It stands in `folds`, the starts of the folds around it."""

    tag: str
    attributes: dict[str, str | None]
    start: int
    end: int
    name: str
    folds: tuple[int, ...] = ()
    closed: int = -1

    @property
    def type(self) -> str:
        if self.tag == "button":
            return (self.attributes.get("type") or "submit").lower()
        return (self.attributes.get("type") or "text").lower() if self.tag == "input" else self.tag

    def value(self, page: str) -> str:
        if "value" in self.attributes:
            return self.attributes["value"] or ""
        return page[self.end : self.closed].strip() if self.tag == "option" else "on"


@dataclass
class Form:
    address: str
    controls: list[Control] = field(default_factory=list)

    def fits(self, pairs: Sequence[tuple[str, str]], page: str) -> tuple[int, int]:
        """How many of `pairs` it says by itself, hidden or by its buttons, and how many of their names it has."""
        fixed = {
            (each.name, each.value(page))
            for each in self.controls
            if each.type == "hidden" or each.type in SENT_BY
        }
        names = {each.name for each in self.controls}
        return sum(pair in fixed for pair in pairs), sum(name in names for name, _value in pairs)


@dataclass(frozen=True)
class Filled:
    """The page with what was typed in it, and what no field of it holds."""

    page: str
    left: list[str]


def filled(page: str, path: str, address: str, pairs: Sequence[tuple[str, str]]) -> Filled:
    """`page`, found at `path`, with `pairs` in the form of it that is sent to `address`."""
    reading = _Reading(page, path)
    there = [each for each in reading.forms if each.address == address]
    best = max(there, key=lambda form: form.fits(pairs, page), default=None)
    if best is None or not best.fits(pairs, page)[1]:
        return Filled(page, [value for name, value in pairs if is_words(name, value)])
    names = {each.name for each in best.controls}
    left = [value for name, value in pairs if name not in names and is_words(name, value)]
    return Filled(_written(page, best, pairs), left)


def _written(page: str, form: Form, pairs: Sequence[tuple[str, str]]) -> str:
    """Folds around the form are opened, so that what was typed is seen."""
    folds = {fold for each in form.controls for fold in each.folds}
    edits = [(fold, fold + len(FOLD), f"{FOLD} open") for fold in folds]
    edits += _of_fields(page, form, pairs)
    pieces, at = [], 0
    for start, end, new in sorted(edits):
        pieces += [page[at:start], new]
        at = end
    return "".join([*pieces, page[at:]])


def _of_fields(page: str, form: Form, pairs: Sequence[tuple[str, str]]) -> Iterator[tuple[int, int, str]]:
    """From where to where the page is written anew, and what stands there then."""
    typed: dict[str, list[str]] = defaultdict(list)
    for name, value in pairs:
        typed[name].append(value)
    for control in sorted(form.controls, key=lambda each: each.start):
        if control.type in NEVER_FILLED or control.name == OURS or control.tag == "select":
            continue
        if control.type in CHOSEN:
            chosen = _chosen(control, control.value(page) in typed[control.name])
            yield control.start, control.end, _tag(control.tag, chosen)
        elif typed[control.name]:
            end = control.closed if control.tag == "textarea" else control.end
            yield control.start, end, _holding(control, typed[control.name].pop(0))


def _chosen(control: Control, chosen: bool) -> dict[str, str | None]:
    mark = "selected" if control.tag == "option" else "checked"
    attributes = {name: value for name, value in control.attributes.items() if name != mark}
    return {**attributes, mark: None} if chosen else attributes


def _holding(control: Control, value: str) -> str:
    if control.tag == "textarea":
        return _tag(control.tag, control.attributes) + "\n" + escape(value)
    return _tag(control.tag, {**control.attributes, "value": value})


def _tag(tag: str, attributes: dict[str, str | None]) -> str:
    said = [name if value is None else f'{name}="{escape(value)}"' for name, value in attributes.items()]
    return f"<{' '.join([tag, *said])}>"


class _Reading(HTMLParser):
    """The forms of a page that are posted, with their fields, also those that stand elsewhere and name them."""

    def __init__(self, page: str, path: str) -> None:
        super().__init__(convert_charrefs=False)
        self.forms: list[Form] = []
        self._path = path
        self._lines = [0, *accumulate(len(line) for line in page.split("\n"))]
        self._open: Form | None = None
        self._named: dict[str, Form] = {}
        self._elsewhere: list[tuple[str, Control]] = []
        self._choice: Control | None = None
        self._within: Control | None = None
        self._folds: list[int | None] = []
        self.feed(page)
        self.close()
        for name, control in self._elsewhere:
            if name in self._named:
                self._named[name].controls.append(control)

    def _offset(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + (line - 1) + column

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        if tag == "form":
            self._begin(attributes)
        if tag == "details":
            self._folds.append(None if "open" in attributes else self._offset())
        if tag == "option":
            self._close_text("option")
        if tag in ("input", "textarea", "select", "button", "option"):
            start = self._offset()
            name = attributes.get("name") or (self._choice.name if tag == "option" and self._choice else "")
            end = start + len(self.get_starttag_text() or "")
            folds = tuple(each for each in self._folds if each is not None)
            control = Control(tag, attributes, start, end, name or "", folds)
            self._place(control)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def _begin(self, attributes: dict[str, str | None]) -> None:
        self._open = None
        if (attributes.get("method") or "get").lower() == "post":
            self._open = Form(urlsplit(urljoin(self._path, attributes.get("action") or "")).path)
            self.forms.append(self._open)
            self._named[attributes.get("id") or ""] = self._open

    def _place(self, control: Control) -> None:
        if control.tag == "select":
            self._choice = control
        if control.tag in ("textarea", "option"):
            self._within = control
        asked = self._choice if control.tag == "option" else control
        form = asked.attributes.get("form") if asked is not None else None
        if not control.name:
            return
        if form:
            self._elsewhere.append((form, control))
        elif self._open is not None:
            self._open.controls.append(control)

    def handle_endtag(self, tag: str) -> None:
        if tag in ("option", "textarea"):
            self._close_text(tag)
        if tag == "select":
            self._close_text("option")
            self._choice = None
        if tag == "form":
            self._open = None
        if tag == "details" and self._folds:
            self._folds.pop()

    def _close_text(self, tag: str) -> None:
        if self._within is not None and self._within.tag == tag:
            self._within.closed, self._within = self._offset(), None
