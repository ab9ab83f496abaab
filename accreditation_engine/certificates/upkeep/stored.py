"""Stored files of upkeep against what was filed: nobody is given another file in the place of one."""

from __future__ import annotations

from accreditation_engine.engine import verification
from accreditation_engine.organisations.documents.stored import unlike_filed

from .models import UpkeepFile

WORDS = "the file is gone, or another: {0.sha256}"
verification.more.append(unlike_filed(UpkeepFile, "upkeep_file", WORDS))
