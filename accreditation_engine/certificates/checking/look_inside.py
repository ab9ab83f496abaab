"""Judges the signature of a PDF and takes out what is attached to it: a process of its own, because who made the
file may have made it to harm whoever reads it.

    python look_inside.py < roots and file > what was found, as JSON

The first line of what it reads is a JSON list of the roots that are trusted, as PEM; the file follows. It knows no
database, and ends when it has looked, or takes more memory or time than a paper may.
"""

from __future__ import annotations

import base64
import json
import resource
import sys
from io import BytesIO
from pathlib import Path

MEMORY = 768 * 2**20  # bytes of address space
SECONDS = 15
MOST_ATTACHED = 5
LARGEST_ATTACHED = 2**20


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    sys.path.insert(0, str(Path(__file__).parents[3]))
    roots, _line, paper = sys.stdin.buffer.read().partition(b"\n")
    print(json.dumps(_found(json.loads(roots), paper)))  # noqa: T201 - its answer


def _found(roots, paper):  # type: ignore[no-untyped-def] # libraries are imported once limits hold
    from cryptography import x509

    from accreditation_engine.certificates.signing.judging import judged

    judgement = judged(paper, [x509.load_pem_x509_certificate(each.encode()) for each in roots])
    inside = _inside(paper)
    bare = inside.pop("bare")
    return {
        "verdict": "unsigned" if bare and judgement.verdict == "unreadable" else judgement.verdict,
        "signed_at": judgement.signed_at.isoformat() if judgement.signed_at else None,
        "signer": judgement.signer,
        **inside,
    }


def _inside(paper):  # type: ignore[no-untyped-def]
    import pikepdf

    try:
        with pikepdf.open(BytesIO(paper), suppress_warnings=True) as pdf:
            names = list(pdf.attachments)
            contents = [pdf.attachments[each].get_file().read_bytes() for each in names[:MOST_ATTACHED]]
            locked, bare = pdf.is_encrypted, _is_bare(pdf)
    except pikepdf.PasswordError:
        return {"locked": True, "bare": False, "attached": []}
    except Exception:  # the file may be broken in any way; the verdict says so
        return {"locked": False, "bare": False, "attached": []}
    kept = [base64.b64encode(each[:LARGEST_ATTACHED]).decode() for each in contents]
    return {"locked": locked, "bare": bare, "attached": [*kept, *("" for _ in names[MOST_ATTACHED:])]}


def _is_bare(pdf):  # type: ignore[no-untyped-def]
    """Whether readers show it, and nothing in it was ever signed: what phones scan into is often written so that
    the judge, who takes nothing that is not quite right, does not read it at all."""
    import pikepdf

    signed = any(isinstance(each, pikepdf.Dictionary) and "/ByteRange" in each for each in pdf.objects)
    return len(pdf.pages) > 0 and not pdf.get_warnings() and not signed


if __name__ == "__main__":
    main()
