"""The verifier that stands alone: its arithmetic against published numbers, and what it does with bad input."""

from __future__ import annotations

import ast
import json
import string
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from accreditation_engine.trail.bundle import verify_trail
from accreditation_engine.trail.bundle.verify_trail import (
    BadInput,
    check_at,
    fits_by_hand,
    fits_by_library,
    is_continued,
    is_included,
    leaf_hash,
    read_checkpoint,
    read_key,
    trust,
)
from accreditation_engine.trail.bundle.writing import Writer
from accreditation_engine.trail.transparency.merkle import consistency_proof, inclusion_proof, root
from accreditation_engine.trail.transparency.notes import Summary, signed, verifier_key
from tests.trail.transparency.test_merkle import CONSISTENCIES, HASHES, INCLUSIONS, ROOTS, perfect_of

# RFC 8032, section 7.1: public key, message, signature of TEST 1, 2 and 3.
RFC_8032 = [
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ),
    (
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
    ),
]


@pytest.mark.parametrize("fits", [fits_by_hand, fits_by_library])
@pytest.mark.parametrize(("public", "message", "signature"), RFC_8032)
def test_a_signature_of_the_rfc_fits(fits, public: str, message: str, signature: str) -> None:
    assert fits(bytes.fromhex(public), bytes.fromhex(signature), bytes.fromhex(message))
    assert not fits(bytes.fromhex(public), bytes.fromhex(signature), bytes.fromhex(message) + b"x")


@given(st.binary(max_size=40), st.integers(0, 511), st.binary(min_size=32, max_size=32))
def test_both_checks_of_signatures_agree_whatever_is_changed(text: bytes, bit: int, seed: bytes) -> None:
    key = Ed25519PrivateKey.from_private_bytes(seed)
    public, signature = key.public_key().public_bytes_raw(), bytearray(key.sign(text))
    assert fits_by_hand(public, bytes(signature), text)
    signature[bit // 8] ^= 1 << bit % 8
    assert not fits_by_hand(public, bytes(signature), text)
    assert not fits_by_library(public, bytes(signature), text)


@pytest.mark.parametrize("public", [b"", b"\xff" * 32, b"\x02" + bytes(31), bytes(31)])
def test_what_is_no_key_has_signed_nothing(public: bytes) -> None:
    assert not fits_by_hand(public, bytes(64), b"text")


@pytest.mark.parametrize(("index", "size", "path"), INCLUSIONS)
def test_a_published_inclusion_proof_holds(index: int, size: int, path: list[str]) -> None:
    proof, head = [bytes.fromhex(each) for each in path], bytes.fromhex(ROOTS[size - 1])
    assert is_included(HASHES[index], index, size, proof, head)
    assert not is_included(leaf_hash(b"another"), index, size, proof, head)
    assert not is_included(HASHES[index], index, size, [*proof, head], head)


@pytest.mark.parametrize(("first", "second", "path"), CONSISTENCIES)
def test_a_published_consistency_proof_holds(first: int, second: int, path: list[str]) -> None:
    old, new = bytes.fromhex(ROOTS[first - 1]), bytes.fromhex(ROOTS[second - 1])
    proof = [bytes.fromhex(each) for each in path]
    assert is_continued(first, old, second, new, proof)
    assert not is_continued(first, leaf_hash(b"another"), second, new, proof)
    assert not is_continued(first, old, second, leaf_hash(b"another"), proof)


@given(st.data(), st.integers(1, 300))
def test_proofs_of_ours_hold_and_no_others(data: st.DataObject, size: int) -> None:
    leaves = [leaf_hash(str(number).encode()) for number in range(size)]
    index, first = data.draw(st.integers(0, size - 1)), data.draw(st.integers(1, size))
    perfect = perfect_of(leaves)
    path = inclusion_proof(index, size, perfect)
    assert is_included(leaves[index], index, size, path, root(size, perfect))
    assert not is_included(leaves[index], index + 1, size, path, root(size, perfect))
    assert not path or not is_included(leaves[index], index, size, path[:-1], root(size, perfect))
    steps = consistency_proof(first, size, perfect)
    assert is_continued(first, root(first, perfect), size, root(size, perfect), steps)
    assert first == size or not is_continued(first, root(size, perfect), size, root(size, perfect), steps)


def test_a_checkpoint_is_read_as_it_was_signed() -> None:
    key = Ed25519PrivateKey.generate()
    public = key.public_key().public_bytes_raw()
    summary = Summary("site.example/trail", 7, bytes(32), 2, bytes(range(32)))
    found = read_checkpoint(signed(summary.text(), [("site.example/trail", key)]).encode())
    assert found.text.decode() == summary.text()
    assert (found.origin, found.size, found.root) == (summary.origin, summary.size, summary.root)
    assert (found.streams, found.streams_root) == (summary.streams, summary.streams_root)
    known = read_key(verifier_key("site.example/trail", public))
    assert (known.public, found.signatures[0][:2]) == (public, (known.name, known.id))
    assert fits_by_hand(public, found.signatures[0][2], found.text)


@pytest.mark.parametrize("line", ["", "name", "name+00000000+AA==", "name+c74f20a3+AA", "a+b+c"])
def test_what_is_no_key_is_refused(line: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - of one kind, whatever is wrong
        read_key(line)
    with pytest.raises(BadInput, match="is no key"):
        trust([f"{line}+"], None, None)


def test_what_is_no_bundle_is_refused(tmp_path: Path) -> None:
    (tmp_path / "no.zip").write_bytes(b"no zip")
    with zipfile.ZipFile(tmp_path / "other.zip", "w") as other:
        other.writestr("a.txt", "no manifest")
    for path in (tmp_path / "no.zip", tmp_path / "nowhere.zip", tmp_path / "other.zip", tmp_path):
        with pytest.raises(BadInput, match="give the zip"):
            check_at(path, trust([], None, None))
    with pytest.raises(BadInput, match="--checkpoint"):
        trust([], str(tmp_path / "no.zip"), None)
    with pytest.raises(BadInput, match="--evidence"):
        trust([], None, str(tmp_path / "no.zip"))


@pytest.mark.parametrize("arguments", [["nowhere.zip"], ["nowhere.zip", "--key", "none"]])
def test_the_command_ends_with_2_and_one_line(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert verify_trail.main(arguments) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


def bundle_with(path: Path, **files: str) -> Path:
    with path.open("wb") as file, Writer(file) as writer:
        for name, text in files.items():
            writer.text(name.replace("__", "/").replace("_dot_", "."), text)
        writer.finish({})
    return path


ODD = [
    "[]\n",
    "no json\n",
    '{"columns": 3, "proof": []}\n',
    '{"columns": {"seq": [1], "body": {"hex": 5}, "hash": {}}}\n',
    '{"columns": {"seq": 1, "body": "{\\"actor\\": []}", "hash": null}}\n',
    '{"row": {"id": []}, "opening": 3}\n',
    '{"dossier_id": {}, "id": [], "salt": "x", "name": "\\ud800", "seq": {}, "text": 1}',
    f"{'[' * 100_000}\n",
]


@pytest.mark.parametrize("text", ODD)
def test_whatever_lies_in_a_bundle_is_named_and_nothing_crashes(text: str, tmp_path: Path) -> None:
    names = ("names_dot_jsonl", "subjects_dot_jsonl", "events__a_dot_jsonl", "texts__a_dot_jsonl")
    rows = [
        f"rows__{each}_dot_jsonl"
        for each in ("answers", "ratings", "assignments", "votes", "ballots", "evidence")
    ]
    others = ("proofs_dot_json", "checkpoint_dot_txt", "keys_dot_txt")
    bundle = bundle_with(tmp_path / "odd.zip", **dict.fromkeys((*names, *rows, *others), text))
    report = check_at(bundle, trust([], None, None))
    assert not report.ok
    for language in ("ar", "en"):
        document = verify_trail.as_document(report, language)
        assert json.loads(json.dumps(document)) == document
        assert len(verify_trail.as_text(report, language).splitlines()) >= len(report.problems)


def test_a_bundle_of_another_format_is_refused_and_not_half_checked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "old.zip"
    with path.open("wb") as file, Writer(file) as writer:
        writer.finish({"format": 1})
    assert verify_trail.main([str(path), "--language", "ar"]) == 2
    assert "من الصيغة" in capsys.readouterr().err


@pytest.mark.filterwarnings("ignore:Duplicate name:UserWarning")  # said by zipfile, of what is tried here
def test_a_zip_that_shows_one_reader_this_and_another_that_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "twice.zip"
    with zipfile.ZipFile(path, "w") as whole:
        for text in ("{}", '{"files": {}}'):
            whole.writestr("manifest.json", text)
    with pytest.raises(BadInput, match="twice"):
        check_at(path, trust([], None, None))


def test_a_file_that_was_changed_removed_or_put_in_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "bundle"
    folder.mkdir()
    bundle = bundle_with(tmp_path / "whole.zip", changed="a", removed="b")
    with zipfile.ZipFile(bundle) as whole:
        whole.extractall(folder)
    (folder / "changed").write_text("c")
    (folder / "removed").unlink()
    (folder / "put-in").write_text("d")
    found = {(each.code, each.file) for each in check_at(folder, trust([], None, None)).problems}
    assert {("file_changed", "changed"), ("file_missing", "removed"), ("file_extra", "put-in")} <= found


def test_everything_is_said_in_both_languages_with_the_same_facts() -> None:
    def gaps(text: str) -> set[str]:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name}

    for code, said in verify_trail.PROBLEMS.items():
        assert gaps(said["ar"][0]) == gaps(said["en"][0]), code
        assert said["ar"][1], code
    for said in (
        *verify_trail.NOTES.values(),
        *verify_trail.REFUSALS.values(),
        *verify_trail.THINGS.values(),
    ):
        assert gaps(said["ar"]) == gaps(said["en"])
    assert verify_trail.SENTENCES["ar"].keys() == verify_trail.SENTENCES["en"].keys()


def test_it_stands_alone_and_is_understood_by_python_3_9() -> None:
    tree = ast.parse(Path(verify_trail.__file__).read_text(), feature_version=(3, 9))
    imported = {
        name.split(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in (
            [node.module or ""] if isinstance(node, ast.ImportFrom) else [each.name for each in node.names]
        )
    }
    assert imported - sys.stdlib_module_names == {"cryptography"}


def test_an_older_python_is_told_which_one_is_needed() -> None:
    """It can read the file, and comes to nothing that it does not know before it is told."""
    source = verify_trail_source()
    read = ast.parse(source, feature_version=(3, 6))
    assert not [
        each for each in read.body if isinstance(each, ast.ImportFrom) and each.module == "__future__"
    ]
    for each in annotations(read):
        assert not any(isinstance(part, ast.BinOp) for part in ast.walk(each)), (
            f"line {each.lineno}: in quotes"
        )
    old = "import runpy, sys; sys.version_info = (3, 8, 0); runpy.run_path(sys.argv[1], run_name='__main__')"
    path = str(Path(verify_trail.__file__))
    ended = subprocess.run(
        [sys.executable, "-I", "-c", old, path], capture_output=True, text=True, check=False
    )
    assert (ended.returncode, ended.stdout, len(ended.stderr.splitlines())) == (2, "", 1)
    assert "needs Python 3.9 or later" in ended.stderr


def verify_trail_source() -> str:
    return Path(verify_trail.__file__).read_text(encoding="utf-8")


def annotations(read: ast.Module) -> list[ast.expr]:
    """Those that are computed when the file is read; inside functions none is."""
    found: list[ast.expr | None] = []
    for each in ast.walk(read):
        if isinstance(each, ast.FunctionDef):
            found.append(each.returns)
        elif isinstance(each, ast.arg):
            found.append(each.annotation)
        elif isinstance(each, (ast.ClassDef, ast.Module)):
            found += [part.annotation for part in each.body if isinstance(part, ast.AnnAssign)]
    return [each for each in found if each is not None]
