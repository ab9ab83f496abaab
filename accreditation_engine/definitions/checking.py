"""Check definition files together: each by itself, workflows against their rubrics and the vocabulary."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from .problems import Flaw, Problem
from .proof import prove
from .reading import Attempt, Definition, Document, attempt_file
from .rubric import Rubric
from .rubric_checks import broken_scale, check_rubric, outcomes_are_compared
from .said import say
from .vocabulary import Vocabulary
from .workflow import Workflow
from .workflow_checks import Surroundings, check_names


@dataclass(frozen=True)
class Checked:
    """What came of checking `files`. `documents` holds those without any problem, in the order of the files;
    `problems` is ordered by file and line.

    Some checks wait until others find nothing: of the files in `shape_only` neither the meaning nor the proof
    could be checked, and of the rubrics in `uncompared` not whether an outcome leaves anything to those beneath.
    """

    files: tuple[str, ...]
    documents: tuple[Document, ...]
    problems: tuple[Problem, ...]
    shape_only: tuple[str, ...] = ()
    uncompared: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        return not self.problems

    @property
    def definitions(self) -> tuple[Definition, ...]:
        return tuple(each.definition for each in self.documents)

    @cached_property
    def rubrics(self) -> dict[str, Rubric]:
        """The sound rubrics by id."""
        return {each.id: each for each in self.definitions if isinstance(each, Rubric)}

    @cached_property
    def workflows(self) -> dict[str, Workflow]:
        """The sound workflows by id."""
        return {each.id: each for each in self.definitions if isinstance(each, Workflow)}


def files_in(folder: Path) -> list[Path]:
    """The YAML files in `folder` and the folders in it, in the order of their names."""
    return sorted(path for path in folder.rglob("*") if path.suffix in (".yaml", ".yml") and path.is_file())


def read_folder(folder: Path, vocabulary: Vocabulary, *, beside: Iterable[Path] = ()) -> Checked:
    """As `read_files`, for all YAML files in `folder`."""
    return read_files(files_in(folder), vocabulary, beside=beside)


def read_files(
    paths: Iterable[Path],
    vocabulary: Vocabulary,
    *,
    beside: Iterable[Path] = (),
    names: Mapping[Path, str] | None = None,
    also: Iterable[Attempt] = (),
) -> Checked:
    """Read and check files together, and what was read `also`. Problems are returned, never raised.

    Rubrics that workflows list are looked for among `paths`, then among the files `beside`, which are not
    checked themselves. `names` says how to call a file in messages, where that is not its path.
    """
    called = names or {}
    attempts = [*(attempt_file(path, file=called.get(path)) for path in paths), *also]
    library = (
        [attempt_file(path, file=called.get(path)) for path in beside] if _lack_rubrics(attempts) else []
    )
    return check_attempts(attempts, vocabulary, library)


def check_attempts(
    attempts: Iterable[Attempt], vocabulary: Vocabulary, library: Iterable[Attempt] = ()
) -> Checked:
    """Check what was read already. See `read_files`."""
    read = list(attempts)
    around = _surroundings(read, list(library), vocabulary)
    problems = {problem for each in read for problem in (*each.problems, *_meaning(each, around))}
    problems |= set(_twice(read))
    broken = {each.file for each in problems}
    sound = tuple(each.document for each in read if each.document and each.file not in broken)
    return Checked(
        tuple(each.file for each in read),
        sound,
        tuple(sorted(problems)),
        tuple(each.file for each in read if each.document is None),
        tuple(each.file for each in read if each.document and not _compared(each.document.definition)),
    )


def _compared(definition: Definition) -> bool:
    return not isinstance(definition, Rubric) or outcomes_are_compared(definition)


def _lack_rubrics(attempts: Iterable[Attempt]) -> bool:
    read = [each.document.definition for each in attempts if each.document]
    present = {each.id for each in read if isinstance(each, Rubric)}
    return any(not present.issuperset(each.rubrics) for each in read if isinstance(each, Workflow))


def _surroundings(read: list[Attempt], library: list[Attempt], vocabulary: Vocabulary) -> Surroundings:
    """What workflows are checked against. Of several rubrics with one id the first counts, and what is
    checked here comes before the library."""
    rubrics: dict[str, Rubric] = {}
    broken: dict[str, str] = {}
    for each in [*read, *library]:
        if each.kind != "rubric" or not isinstance(each.id, str):
            continue
        rubric = _measurable(each) if each in read else _sound(each)
        if rubric is not None:
            rubrics.setdefault(each.id, rubric)
        else:
            elsewhere = say(
                "rubric '{id}' has errors of its own; mend {file} first", id=each.id, file=each.file
            )
            broken.setdefault(each.id, "" if each in read else elsewhere)
    return Surroundings(vocabulary, rubrics, broken)


def _measurable(attempt: Attempt) -> Rubric | None:
    """The rubric, when conditions can be judged on it: its file has the right shape and its scale is one."""
    rubric = attempt.document.definition if attempt.document and not attempt.problems else None
    return rubric if isinstance(rubric, Rubric) and not any(broken_scale(rubric)) else None


def _sound(attempt: Attempt) -> Rubric | None:
    """The rubric, when nothing at all is wrong with it."""
    rubric = _measurable(attempt)
    return rubric if rubric is not None and not any(check_rubric(rubric)) else None


def _meaning(attempt: Attempt, around: Surroundings) -> Iterator[Problem]:
    if attempt.document is not None:
        yield from map(attempt.document.problem, _flaws(attempt.document, around))


def _flaws(document: Document, around: Surroundings) -> Iterator[Flaw]:
    if isinstance(document.definition, Rubric):
        yield from check_rubric(document.definition)
    else:
        yield from check_names(document.definition, document.root, around)
        yield from prove(document.definition, around.vocabulary)


def _twice(attempts: Iterable[Attempt]) -> Iterator[Problem]:
    """An id names one definition of its kind."""
    first: dict[tuple[str, str], str] = {}
    for each in attempts:
        if each.kind is not None and isinstance(each.id, str):
            other = first.setdefault((each.kind, each.id), each.file)
            if other != each.file:
                words = (
                    "rubric '{id}' is in {file}, too; give one of them another id"
                    if each.kind == "rubric"
                    else "workflow '{id}' is in {file}, too; give one of them another id"
                )
                yield Problem(each.file, each.line_of_id, say(words, id=each.id, file=other))
