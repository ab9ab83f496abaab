"""Reads a framework library of CISO Assistant: a YAML file with `objects.framework.requirement_nodes`.

Nodes are listed flat, each with a `urn` and the `parent_urn` it stands beneath. One that is `assessable` becomes a
criterion, one with others beneath it an area; one that is both becomes an area whose first criterion it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from ..problems import DefinitionError
from ..said import listed, say
from ..yaml_tree import Node, read_tree
from .drafts import Draft, DraftArea, DraftCriterion, Texts, clean, refused, slug
from .library_texts import LibraryTexts, Plain, joined
from .losses import Loss, Losses
from .weights import LIMIT, Trouble, weight_in

CARRIED = (
    "urn",
    "parent_urn",
    "ref_id",
    "name",
    "description",
    "annotation",
    "typical_evidence",
    "translations",
    "assessable",
    "weight",
    "depth",
    "order_id",
    "display_mode",
)
"""Keys of a node that become part of the rubric, or of its form alone; any other that says something is lost."""
NOT_CARRIED = (
    "implementation_groups",
    "threats",
    "reference_controls",
    "questions",
    "importance",
    "visibility_expression",
)
"""Those of the others that have words of their own."""
OF_THE_FRAMEWORK = {
    "description": "description",
    "implementation_groups_definition": "groups",
    "outcomes_definition": "outcome_rules",
    "field_visibility": "visibility",
}
"""Keys of the framework itself that a rubric has no place for, with the code of the loss."""
OF_A_SCORE = {"score", "name", "description", "translations"}
LOST_WEIGHTS: dict[Trouble | None, str] = {
    "no_number": "weights",
    "missing": "weights",
    "infinite": "weights_too_large",
    "too_large": "weights_too_large",
    "below_zero": "weights_below_zero",
    "decimals": "weights_rounded",
}
"""A number with an exponent is one all the same."""
DEEPEST = 20
DEFAULT_SCALE = (Decimal(0), Decimal(100))
"""What CISO Assistant scores on where a framework does not say."""


def is_framework(root: Node) -> bool:
    """Whether the top of a YAML file looks like a library."""
    return "objects" in (root.children or {}) and not root.listed


def read_framework(text: str, *, file: str) -> Draft:
    """The framework in a library. Raises DefinitionError, with file and line, when there is none, when it has no
    requirement to assess, or when its nodes are no tree."""
    root, problems = read_tree(text, file=file, controls=True)
    if problems:
        raise DefinitionError(problems)
    if not is_framework(root):
        words = say("'objects:' is not here; give a framework library, or a table of criteria")
        raise refused(file, root.line, words)
    return _Reader(file, root).draft()


@dataclass
class _Reader:
    file: str
    root: Node
    lost: Losses = field(default_factory=lambda: Losses("line"))

    def draft(self) -> Draft:
        library = self.root.plain()
        framework, path = self.framework(library)
        self.texts = LibraryTexts(str(library.get("locale") or "en"))
        self.count_what_stands_beside(library, framework)
        areas = self.areas(framework, path)
        if not any(True for area in areas for _ in area.criteria()):
            raise refused(self.file, self.root.line_at(path), say("no requirement here is assessable"))
        minimum, maximum = self.scale(framework)
        return Draft(
            slug(clean(framework.get("ref_id") or framework.get("urn")), "framework"),
            re.sub(r"[^A-Za-z0-9.]+", "-", clean(library.get("version") or 1)).strip("-.")[:40] or "1",
            self.texts.of(framework, "name"),
            self.source(library, framework),
            areas,
            minimum,
            maximum,
            self.anchors(framework, minimum, maximum),
            self.lost,
            self.root.line_at(path),
        )

    def framework(self, library: Plain) -> tuple[Plain, tuple[str | int, ...]]:
        objects = library["objects"] if isinstance(library["objects"], dict) else {}
        if isinstance(objects.get("framework"), dict):
            return objects["framework"], ("objects", "framework")
        several = objects.get("frameworks", objects.get("framework"))
        if isinstance(several, list) and several and isinstance(several[0], dict):
            self.lost.add(Loss("frameworks"), len(several) - 1)
            return several[0], ("objects", "frameworks" if "frameworks" in objects else "framework", 0)
        words = say("this library holds no framework; give one with 'objects.framework'")
        if objects:
            held = listed(clean(each) for each in objects)
            words = say(
                "this library holds no framework; give one with 'objects.framework'; it holds {held}",
                held=held,
            )
        raise refused(self.file, self.root.line_at(("objects",)), words)

    def count_what_stands_beside(self, library: Plain, framework: Plain) -> None:
        for key, code in OF_THE_FRAMEWORK.items():
            value = framework.get(key)
            self.lost.add(Loss(code), len(value) if isinstance(value, list) else bool(value))
        scores = framework.get("scores_definition")
        if isinstance(scores, dict):
            self.lost.add(Loss("aggregation"), len(scores.keys() - {"scale"}))
        for each in _scores(framework):
            for key in each.keys() - OF_A_SCORE:
                self.lost.add(Loss("of_scores", clean(key)), bool(each[key]))
        for key, value in library["objects"].items():
            if key not in ("framework", "frameworks"):
                count = len(value) if isinstance(value, list) else bool(value)
                self.lost.add(Loss("of_library", clean(key).replace("_", " ")), count)

    def areas(self, framework: Plain, path: tuple[str | int, ...]) -> list[DraftArea]:
        nodes = framework.get("requirement_nodes")
        if not isinstance(nodes, list) or not all(isinstance(each, dict) for each in nodes):
            words = say("'requirement_nodes' must be a list of requirements")
            raise refused(self.file, self.root.line_at(path), words)
        self.line = [self.root.line_at((*path, "requirement_nodes", at)) for at in range(len(nodes))]
        children = self.children(nodes, self.line)
        self.check_tree(children, self.line)
        parts = [part for at in children[-1] if (part := self.part(nodes, children, at)) is not None]
        title, ref = self.texts.of(framework, "name"), clean(framework.get("ref_id"))
        return self.only_areas(parts, title, ref, self.root.line_at(path))

    def check_tree(self, children: Mapping[int, list[int]], line: list[int]) -> None:
        """Every node must be beneath the top, and not too deep below it."""
        level, depth, found = children[-1], 0, 0
        while level:
            depth, found = depth + 1, found + len(level)
            if depth > DEEPEST:
                words = say("more than {most} levels deep; bring it nearer to the top", most=DEEPEST)
                raise refused(self.file, line[level[0]], words)
            level = [each for at in level for each in children[at]]
        if found < len(line):
            reached = _beneath_the_top(children)
            astray = next(at for at in range(len(line)) if at not in reached)
            words = say("this requirement stands beneath itself; mend its parent_urn")
            raise refused(self.file, line[astray], words)

    def children(self, nodes: list[Plain], line: list[int]) -> dict[int, list[int]]:
        """The nodes beneath each node, by position; those at the top are beneath -1."""
        place: dict[str, int] = {}
        for at, node in enumerate(nodes):
            urn = str(node.get("urn"))
            if place.setdefault(urn, at) != at:
                words = say("the urn '{urn}' stands here a second time", urn=clean(urn))
                raise refused(self.file, line[at], words)
        beneath: dict[int, list[int]] = {at: [] for at in range(-1, len(nodes))}
        for at, node in enumerate(nodes):
            parent = node.get("parent_urn")
            if parent is not None and str(parent) not in place:
                self.lost.add(Loss("parents"), line=line[at])
            beneath[place.get(str(parent), -1)].append(at)
        return beneath

    def part(
        self, nodes: list[Plain], children: Mapping[int, list[int]], at: int
    ) -> DraftCriterion | DraftArea | None:
        node = nodes[at]
        own = [self.criterion(node, self.line[at])] if node.get("assessable") is True else []
        inner = [part for child in children[at] if (part := self.part(nodes, children, child)) is not None]
        if not children[at] and own:
            return own[0]
        if not own and not inner:
            self.lost.add(Loss("texts"), line=self.line[at])
            return None
        ref = _ref(node)
        title, rest = self.texts.title_and_guidance(node)
        self.lost.add(Loss("area_texts"), bool(rest) and not own)
        return self.area([*own, *inner], title or {"en": ref}, ref, self.line[at])

    def area(self, parts: list[DraftCriterion | DraftArea], title: Texts, ref: str, line: int) -> DraftArea:
        """An area holds criteria or areas; where there are both, the criteria get an area of their own."""
        if all(isinstance(each, DraftCriterion) for each in parts):
            return DraftArea(ref, title, parts, line=line)
        inner = self.only_areas(parts, title, f"{ref}-general", line)
        return DraftArea(ref, title, [*inner], line=line)

    def only_areas(
        self, parts: Iterable[DraftCriterion | DraftArea], title: Texts, ref: str, line: int
    ) -> list[DraftArea]:
        parts = list(parts)
        loose: list[DraftCriterion | DraftArea] = [each for each in parts if isinstance(each, DraftCriterion)]
        areas = [each for each in parts if isinstance(each, DraftArea)]
        return [DraftArea(ref, title, loose, line=line), *areas] if loose else areas

    def criterion(self, node: Plain, line: int) -> DraftCriterion:
        for key, value in node.items():
            if key not in CARRIED:
                loss = Loss(key) if key in NOT_CARRIED else Loss("of_requirements", clean(key))
                self.lost.add(loss, bool(value))
        ref, (title, guidance) = _ref(node), self.texts.title_and_guidance(node)
        return DraftCriterion(ref, title or {"en": ref}, guidance, self.weight(node, line), line)

    def weight(self, node: Plain, line: int) -> Decimal:
        """1 where a weight is none that a rubric can have, which is named."""
        if "weight" not in node:
            return Decimal(1)
        weight = weight_in(node["weight"])
        if weight is None:
            self.lost.add(Loss("no_weight"), line=line)
            return Decimal(1)
        if weight.trouble in LOST_WEIGHTS:
            self.lost.add(Loss(LOST_WEIGHTS[weight.trouble], weight.text[:40]), line=line)
        return weight.number

    def scale(self, framework: Plain) -> tuple[Decimal, Decimal]:
        scores = [Decimal(each["score"]) for each in _scores(framework)]
        least = _number(framework.get("min_score"), min(scores, default=None))
        most = _number(framework.get("max_score"), max(scores, default=None))
        if least is None or most is None or not -LIMIT < least < most < LIMIT or (most - least) % 1:
            self.lost.add(Loss("scale_of_library"))
            return DEFAULT_SCALE
        return least, most

    def anchors(self, framework: Plain, low: Decimal, high: Decimal) -> dict[Decimal, Texts]:
        """The names of scores, each with its description."""
        found: dict[Decimal, Texts] = {}
        for each in _scores(framework):
            texts = joined([self.texts.of(each, "name"), self.texts.of(each, "description")], ": ")
            score = Decimal(each["score"])
            if texts and low <= score <= high and (score - low) % 1 == 0:
                found[score] = texts
        return found

    def source(self, library: Plain, framework: Plain) -> str:
        named = clean(framework.get("name") or library.get("name"))
        told = [f"Imported from a framework library: {named}"]
        for key, word in (("provider", "provider"), ("urn", "urn"), ("copyright", "copyright")):
            if library.get(key):
                told.append(f"{word}: {clean(library[key])}")
        return "; ".join(told)


def _ref(node: Plain) -> str:
    """What the source calls a node: its ref_id, or the end of its urn."""
    ref = node.get("ref_id")
    return clean(ref if ref is not None else str(node.get("urn", "")).rpartition(":")[2])


def _beneath_the_top(children: Mapping[int, list[int]]) -> set[int]:
    found, ahead = set[int](), list(children[-1])
    while ahead:
        at = ahead.pop()
        found.add(at)
        ahead += children[at]
    return found


def _scores(framework: Plain) -> list[Plain]:
    """The levels of the scale: a list, or under `scale` in a mapping that says more about scores."""
    found = framework.get("scores_definition")
    levels = found.get("scale") if isinstance(found, dict) else found
    each_level = levels if isinstance(levels, list) else []
    return [each for each in each_level if isinstance(each, dict) and _is_number(each.get("score"))]


def _number(value: Any, otherwise: Decimal | None) -> Decimal | None:
    return Decimal(value) if _is_number(value) else otherwise


def _is_number(value: Any) -> bool:
    return isinstance(value, int | Decimal) and not isinstance(value, bool)
