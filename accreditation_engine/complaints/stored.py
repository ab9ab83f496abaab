"""Stored files of concerns against what was filed: nobody is given another file in the place of one."""

from __future__ import annotations

from accreditation_engine.engine import verification
from accreditation_engine.organisations.documents.stored import unlike_filed

from .models import ComplaintFile

WORDS = "the file is gone, or another: {0.sha256}"
verification.more.append(unlike_filed(ComplaintFile, "complaint_file", WORDS))
