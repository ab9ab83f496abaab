"""A YAML text as a tree whose every node knows its line.

Built from parser events, so that size and depth are bounded while reading and an alias costs nothing until
it has been counted: a small file cannot unfold into a huge one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NoReturn

from ruamel.yaml import YAML
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from .problems import DefinitionError, Path, Problem, Step
from .said import Said, say
from .scalars import resolve, unprintable
from .yaml_errors import line_and_remedy

DEEPEST = 60
LARGEST = 400_000
"""Bounds of a definition: nesting, and nodes after every alias has been replaced by what it stands for."""


@dataclass
class Node:
    """A scalar (`children` is None), or a mapping or list with its children by key or position."""

    line: int
    value: Any = None
    children: dict[Any, Child] | None = None
    listed: bool = False
    size: int = 1
    depth: int = 1

    def plain(self) -> Any:
        """Scalars, lists and dicts, as a YAML reader would give them."""
        if self.children is None:
            return self.value
        if self.listed:
            return [child.node.plain() for child in self.children.values()]
        return {key: child.node.plain() for key, child in self.children.items()}

    def line_at(self, path: Path) -> int:
        """The line of what `path` leads to. Steps that lead nowhere are skipped (models have more names
        than files), so that what is missing has the line of what should hold it."""
        node, line = self, self.line
        for step in path:
            if child := node.child(step):
                node, line = child.node, child.line
        return line

    def node_at(self, path: Path) -> Node:
        """What `path` leads to, as far as it leads anywhere."""
        node = self
        for step in path:
            child = node.child(step)
            node = child.node if child else node
        return node

    def child(self, step: Step) -> Child | None:
        """What stands under a key or at a position. A key written as a number is found as text, too."""
        children = self.children or {}
        if step in children or self.listed:
            return children.get(step)
        return next((child for key, child in children.items() if str(key) == step), None)


@dataclass
class Child:
    """A node at its place: `line` is that of its key, or of its dash in a list."""

    line: int
    node: Node


def read_tree(text: str, *, file: str, controls: bool = False) -> tuple[Node, list[Problem]]:
    """The tree of `text` and what is wrong with it short of being unreadable. Control characters that texts hold
    are wrong, unless `controls` says that the caller takes them out.

    Raises DefinitionError when there is no tree: YAML that cannot be parsed, nothing in it, more than one
    document, or more than the bounds allow.
    """
    return _Builder(text, file, controls).build()


@dataclass
class _Builder:
    text: str
    file: str
    controls: bool = False
    problems: list[Problem] = field(default_factory=list)
    anchors: dict[str, Node | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.events = self._parsed()

    def build(self) -> tuple[Node, list[Problem]]:
        root: Node | None = None
        for event in self.events:
            if isinstance(event, DocumentStartEvent) and root is not None:
                words = "a second document starts here; a file holds one, remove this '---'"
                self._stop(_line(event), say(words))
            if isinstance(event, NodeEvent):
                root = self._node(event, 1)
        if root is None or (root.children is None and root.value is None):
            self._stop(1, say("the file is empty; start it with 'rubric: some-id' or 'workflow: some-id'"))
        return root, self.problems

    def _parsed(self) -> Iterator[Any]:
        """The parser's events. Whatever it raises on a broken text is one problem."""
        try:
            yield from YAML(typ="safe", pure=True).parse(self.text)
        except Exception as error:  # ruamel.yaml raises more than YAMLError on strange input
            lines = self.text.count("\n") + 1
            line, message = line_and_remedy(error, self.text)
            raise DefinitionError([*self.problems, Problem(self.file, min(line, lines), message)]) from error

    def _stop(self, line: int, message: str) -> NoReturn:
        raise DefinitionError([*self.problems, Problem(self.file, line, message)])

    def _note(self, line: int, message: str) -> None:
        self.problems.append(Problem(self.file, line, message))

    def _node(self, event: Any, depth: int) -> Node:
        if depth > DEEPEST:
            self._stop(_line(event), _too_deep())
        if isinstance(event, AliasEvent):
            return self._alias(event)
        if event.anchor:
            self.anchors[event.anchor] = None
        node = self._content(event, depth)
        if event.anchor:
            self.anchors[event.anchor] = node
        return node

    def _content(self, event: Any, depth: int) -> Node:
        if event.tag and event.tag != "!":
            self._note(_line(event), say("remove the tag '{tag}'; put text in quotes", tag=event.tag))
        if isinstance(event, SequenceStartEvent):
            return self._list(event, depth)
        return self._scalar(event) if isinstance(event, ScalarEvent) else self._mapping(event, depth)

    def _scalar(self, event: Any) -> Node:
        if not self.controls and unprintable(event.value):
            self._note(_line(event), say("this text holds a control character; remove it"))
            return Node(_line(event), "?")
        plain = not event.style and event.implicit[0]
        return Node(_line(event), resolve(event.value) if plain else event.value)

    def _alias(self, event: Any) -> Node:
        node = self.anchors.get(event.anchor)
        if node is not None:
            return node
        if event.anchor in self.anchors:
            words = "'{alias}' stands inside what it repeats; write that out"
            self._note(_line(event), say(words, alias=f"*{event.anchor}"))
        else:
            words = "'{alias}' repeats nothing; write '{anchor}' above"
            self._note(_line(event), say(words, alias=f"*{event.anchor}", anchor=f"&{event.anchor}"))
        return Node(_line(event))

    def _list(self, event: Any, depth: int) -> Node:
        node = Node(_line(event), children={}, listed=True)
        while not isinstance(event := next(self.events), SequenceEndEvent):
            child = Child(_line(event), self._node(event, depth + 1))
            self._add(node, len(node.children or ()), child)
        return node

    def _mapping(self, event: Any, depth: int) -> Node:
        node = Node(_line(event), children={})
        merged: list[Child] = []
        while not isinstance(event := next(self.events), MappingEndEvent):
            line, key = _line(event), self._node(event, depth + 1)
            child = Child(line, self._node(next(self.events), depth + 1))
            if key.value == "<<" and isinstance(event, ScalarEvent) and not event.style:
                merged.append(child)
            else:
                self._entry(node, key, child)
        for each in merged:
            self._merge(node, each)
        return node

    def _entry(self, node: Node, key: Node, child: Child) -> None:
        children = node.children or {}
        if key.children is not None or key.value is None or isinstance(key.value, bool):
            words = "a key is one word or number before ':'; put any other key in quotes"
            self._note(child.line, say(words))
        elif key.value in children:
            first = children[key.value].line
            words = "'{key}' is written twice here, first in line {line}; keep one"
            self._note(child.line, say(words, key=key.value, line=first))
        else:
            self._add(node, key.value, child)

    def _merge(self, node: Node, child: Child) -> None:
        """`<<: *other` adds the keys of another mapping, or of several, that are not written here."""
        sources = list(child.node.children.values()) if child.node.listed and child.node.children else [child]
        for source in sources:
            if source.node.children is None or source.node.listed:
                self._note(child.line, say("'<<' takes in a mapping: write '<<: *name'"))
                continue
            for key, each in source.node.children.items():
                if key not in (node.children or ()):
                    self._add(node, key, each)

    def _add(self, node: Node, key: Any, child: Child) -> None:
        assert node.children is not None  # noqa: S101 - only mappings and lists get children
        node.children[key] = child
        node.size += child.node.size
        node.depth = max(node.depth, child.node.depth + 1)
        if node.size > LARGEST:
            words = "more than {most} entries with its aliases; make the file smaller"
            self._stop(child.line, say(words, most=LARGEST))
        if node.depth > DEEPEST:
            self._stop(child.line, _too_deep())


def _too_deep() -> Said:
    return say("nested more than {most} levels deep; bring it nearer to the top", most=DEEPEST)


def _line(event: Any) -> int:
    return int(event.start_mark.line) + 1
