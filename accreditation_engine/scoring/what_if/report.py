"""What a change would do, as lines of plain text or as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from accreditation_engine.definitions.base import as_text
from accreditation_engine.definitions.rubric import Rubric

from ..words import in_words
from .comparison import Change, Comparison
from .margins import Flip, Margin
from .movement import Movement, movement
from .nearness import Nearest, nearest

LABELS = {
    "en": {
        "title": "{title}: edition {before} as it was judged, against {after}",
        "changed": "{edition} with {edits}",
        "dossiers": "Files judged: {count}",
        "left_out": "Not decided yet, and left out: {count} ({undecided} counts them)",
        "undecided": "Of these not decided yet: {count}",
        "unrated": "Not rated then, so that no file is complete under the new rubric: {names}",
        "dropped": "Rated then, and not asked any more: {names}",
        "outcomes": "Outcomes (before, after)",
        "changes": "Outcomes that change: {count} ({better} better, {worse} worse, {other} neither)",
        "nothing": "No outcome changes.",
        "scores": "Scores: {up} up, {down} down, {same} as before; on average {mean} percentage points",
        "farthest": "Moved farthest: {dossier}, by {by}, from {percent} to {to_percent}",
        "nearest": "Nearest to another outcome: {dossier} with {value}; {name} asks for {asked} ({away} away)",
        "change": "{dossier}: from {title} to {outcome}",
        "before": "before: {reason}",
        "after": "after: {reason}",
        "more": "and {count} more",
        "none": "no outcome",
        "margins": "How far each number can move before the first outcome changes",
        "margin": "{name} {now}: {down_to}; {up_to}",
        "down": "down to {safe} (at {at}: {count}, first {dossier})",
        "up": "up to {safe} (at {at}: {count}, first {dossier})",
        "down_free": "down without any change",
        "up_free": "up without any change",
        "down_searched": "down to {end} without any change",
        "up_searched": "up to {end} without any change, and not looked beyond",
    },
    "ar": {
        "title": "{title}: الإصدار {before} كما جرى التقييم به، مقابل {after}",
        "changed": "{edition} مع {edits}",
        "dossiers": "عدد الملفات المقيمة: {count}",
        "left_out": "ملفات لم يصدر قرارها بعد ولم تحسب: {count} (ومع {undecided} تحسب)",
        "undecided": "منها ملفات لم يصدر قرارها بعد: {count}",
        "unrated": "معايير لم تسجل درجاتها حينها، فلا يكتمل أي ملف وفق الأداة الجديدة: {names}",
        "dropped": "معايير سجلت درجاتها حينها ولم تعد مطلوبة: {names}",
        "outcomes": "التصنيفات (قبل، بعد)",
        "changes": "عدد التصنيفات المتغيرة: {count} (إلى أعلى: {better}، إلى أدنى: {worse}، غير ذلك: {other})",
        "nothing": "لا يتغير أي تصنيف.",
        "scores": "النتائج: ارتفع منها {up}، وانخفض {down}، وبقي {same}؛ ومتوسط التغير {mean} من النقاط المئوية",
        "farthest": "أكبر تغير في الملف {dossier}: {by}، من {percent} إلى {to_percent}",
        "nearest": "أقرب ملف إلى تصنيف آخر: {dossier} ونسبته {value}، والمطلوب في {name} {asked} (الفرق {away})",
        "change": "{dossier}: من «{title}» إلى «{outcome}»",
        "before": "قبل: {reason}",
        "after": "بعد: {reason}",
        "more": "و{count} غيرها",
        "none": "بلا تصنيف",
        "margins": "المدى المتاح لكل رقم قبل تغير أول تصنيف",
        "margin": "{name} {now}: {down_to}؛ {up_to}",
        "down": "خفضا حتى {safe} (وعند {at}: {count}، أولها {dossier})",
        "up": "رفعا حتى {safe} (وعند {at}: {count}، أولها {dossier})",
        "down_free": "خفضا دون أي تغير",
        "up_free": "رفعا دون أي تغير",
        "down_searched": "خفضا حتى {end} دون أي تغير",
        "up_searched": "رفعا حتى {end} دون أي تغير، ولم يبحث بعده",
    },
}
TITLES = ("title", "reason", "outcome", "down_to", "up_to")
"""Values that are sentences or titles; all others are numbers and names, which Arabic sets apart."""


@dataclass(frozen=True)
class Report:
    """A comparison, with the hash of its earlier edition, the edits that led to its later rubric (as typed), how
    many changes are explained, and margins, if they were asked for. Of the files compared, so many are
    `undecided`; so many undecided ones were `left_out`."""

    comparison: Comparison
    against: str
    edits: tuple[str, ...] = ()
    limit: int = 20
    margins: tuple[Margin, ...] = ()
    undecided: int = 0
    left_out: int = 0

    @property
    def before(self) -> Rubric:
        return self.comparison.before.rubric

    @property
    def after(self) -> Rubric:
        return self.comparison.after.rubric

    @cached_property
    def movement(self) -> Movement | None:
        return movement(self.comparison)

    @cached_property
    def nearest(self) -> Nearest | None:
        return nearest(self.comparison.after, self.margins)

    def only_in(self, one: Rubric, other: Rubric) -> list[str]:
        """Criteria of `one` that `other` has not."""
        known = {each.id for each in other.every_criterion()}
        return [each.id for each in one.every_criterion() if each.id not in known]

    def as_json(self) -> dict[str, Any]:
        """Numbers that are scores, weights or thresholds are strings, as in a score sheet."""
        changes = self.comparison.changes
        return {
            "rubric": self.after.id,
            "edition": self.after.edition,
            "edits": list(self.edits),
            "against": {"edition": self.before.edition, "hash": self.against},
            "dossiers": len(self.comparison.before.matrix),
            "undecided": {"counted": self.undecided, "left_out": self.left_out},
            "unrated": self.only_in(self.after, self.before),
            "dropped": self.only_in(self.before, self.after),
            "outcomes": [
                {"before": before, "after": after, "dossiers": count}
                for (before, after), count in self.comparison.outcomes().items()
            ],
            "changes": [self._change(each, at < self.limit) for at, each in enumerate(changes)],
            "scores": _moved(self.movement),
            "nearest": _near(self.nearest),
            "margins": [_margin(each) for each in self.margins],
        }

    def _change(self, change: Change, explained: bool) -> dict[str, Any]:
        direction = {True: "better", False: "worse", None: "neither"}[change.better]
        plain = {"dossier": str(change.dossier), "before": change.before, "after": change.after}
        if not explained:
            return {**plain, "direction": direction}
        why = self.comparison.why(change)
        reasons = {
            "before": [each.as_json() for each in why.before],
            "after": [each.as_json() for each in why.after],
        }
        return {**plain, "direction": direction, "why": reasons}

    def lines(self, language: str) -> Iterator[str]:
        """The whole report in `language` ("ar" or "en"), line by line."""
        return _Writer(self, language).lines()


def _moved(found: Movement | None) -> dict[str, Any] | None:
    if found is None:
        return None
    farthest = found.farthest
    return {
        "up": found.up,
        "down": found.down,
        "same": found.same,
        "mean": as_text(found.mean),
        "farthest": farthest
        and {
            "dossier": str(farthest.dossier),
            "before": as_text(farthest.before),
            "after": as_text(farthest.after),
        },
    }


def _near(found: Nearest | None) -> dict[str, Any] | None:
    if found is None:
        return None
    return {
        "dossier": str(found.dossier),
        "threshold": found.threshold,
        "asked": as_text(found.asked),
        "value": as_text(found.value),
    }


def _margin(margin: Margin) -> dict[str, Any]:
    return {
        "name": margin.name,
        "now": as_text(margin.now),
        "down": _flip(margin.down),
        "up": _flip(margin.up),
        "searched": None if margin.searched is None else [as_text(each) for each in margin.searched],
    }


def _flip(flip: Flip | None) -> dict[str, Any] | None:
    if flip is None:
        return None
    return {
        "safe": as_text(flip.safe),
        "at": as_text(flip.at),
        "dossiers": [str(each) for each in flip.dossiers],
    }


class _Writer:
    def __init__(self, report: Report, language: str) -> None:
        self.report, self.language = report, "en" if language.startswith("en") else "ar"
        self.labels = LABELS[self.language]

    def say(self, label: str, **values: object) -> str:
        """A label with its values; in Arabic, numbers and Latin names stand in isolates."""
        return self.labels[label].format(**{name: self.marked(name, each) for name, each in values.items()})

    def marked(self, name: str, value: object) -> str:
        if name in TITLES or self.language == "en":
            return str(value)
        opening = "\u2066" if str(value)[:1] in "+-" else "\u2068"  # its sign stands before a number
        return f"{opening}{value}\u2069"

    def lines(self) -> Iterator[str]:
        report = self.report
        after: str = report.after.edition
        if report.edits:
            after = self.say("changed", edition=after, edits=", ".join(report.edits))
        title = report.after.title.in_language(self.language)
        yield self.say("title", title=title, before=report.before.edition, after=after)
        yield self.say("dossiers", count=len(report.comparison.before.matrix))
        if report.undecided:
            yield self.say("undecided", count=report.undecided)
        if report.left_out:
            yield self.say("left_out", count=report.left_out, undecided="--undecided")
        for label, names in (
            ("unrated", report.only_in(report.after, report.before)),
            ("dropped", report.only_in(report.before, report.after)),
        ):
            if names:
                yield self.say(label, names=", ".join(names))
        yield from ("", f"{self.labels['outcomes']}:", *self.outcomes(), "", *self.changes())
        yield from (*self.scores(), *self.margins())

    def outcomes(self) -> Iterator[str]:
        found = self.report.comparison.outcomes()
        names = dict.fromkeys(
            [*(each.outcome for each in self.report.after.outcomes), *(one for one, _ in found), None]
        )
        for name in names:
            before = sum(count for (one, _), count in found.items() if one == name)
            after = sum(count for (_, two), count in found.items() if two == name)
            if before or after:
                yield f"  {before:>6} {after:>6}  {self.outcome(name)}"

    def outcome(self, name: str | None) -> str:
        if name is None:
            return self.labels["none"]
        known = [*self.report.after.outcomes, *self.report.before.outcomes]
        return next(each.title.in_language(self.language) for each in known if each.outcome == name)

    def changes(self) -> Iterator[str]:
        changes, limit = self.report.comparison.changes, self.report.limit
        if not changes:
            yield self.labels["nothing"]
            return
        ways = [each.better for each in changes]
        counts = {"better": ways.count(True), "worse": ways.count(False), "other": ways.count(None)}
        yield self.say("changes", count=len(changes), **counts)
        for change in changes[:limit]:
            yield from self.change(change)
        if len(changes) > limit:
            yield f"  {self.say('more', count=len(changes) - limit)}"

    def change(self, change: Change) -> Iterator[str]:
        before, after = self.outcome(change.before), self.outcome(change.after)
        yield "  " + self.say("change", dossier=change.dossier, title=before, outcome=after)
        why = self.report.comparison.why(change)
        for label, rubric, reasons in (
            ("before", self.report.before, why.before),
            ("after", self.report.after, why.after),
        ):
            for each in reasons:
                yield "      " + self.say(label, reason=in_words(each, rubric, self.language))

    def scores(self) -> Iterator[str]:
        """What there is to see also where no outcome changes."""
        found, near = self.report.movement, self.report.nearest
        if found is not None:
            counts = {"up": found.up, "down": found.down, "same": found.same}
            yield from ("", self.say("scores", **counts, mean=signed(found.mean)))
        if found is not None and found.farthest is not None:
            move = found.farthest
            percents = {"percent": self.percent(move.before), "to_percent": self.percent(move.after)}
            yield self.say("farthest", dossier=move.dossier, by=signed(move.by), **percents)
        if near is not None:
            asked = {"asked": self.percent(near.asked), "away": as_text(near.away)}
            value = self.percent(near.value)
            yield self.say("nearest", dossier=near.dossier, name=near.threshold, value=value, **asked)

    def percent(self, number: Decimal) -> str:
        return f"{as_text(number)} %" if self.language == "en" else f"{as_text(number)}%"

    def margins(self) -> Iterator[str]:
        if self.report.margins:
            yield from ("", f"{self.labels['margins']}:")
        for margin in self.report.margins:
            low, high = margin.searched or (None, None)
            ends = {
                "down_to": self.flip("down", margin.down, low),
                "up_to": self.flip("up", margin.up, high),
            }
            yield "  " + self.say("margin", name=margin.name, now=as_text(margin.now), **ends)

    def flip(self, label: str, flip: Flip | None, end: Decimal | None) -> str:
        if flip is None and end is not None:
            return self.say(f"{label}_searched", end=as_text(end))
        if flip is None:
            return self.labels[f"{label}_free"]
        values = {"safe": as_text(flip.safe), "at": as_text(flip.at), "count": len(flip.dossiers)}
        return self.say(label, dossier=flip.dossiers[0], **values)


def signed(number: Decimal) -> str:
    return f"+{as_text(number)}" if number > 0 else as_text(number)
