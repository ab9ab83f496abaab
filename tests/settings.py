"""The site's settings as tests want them: state in a temporary folder, and fast where safety is no matter."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from datetime import timedelta
from pathlib import Path

# One folder for the whole run, made by the first process, and in it one for each of pytest-xdist's workers.
if "TEST_RUN_DIR" not in os.environ:
    os.environ["TEST_RUN_DIR"] = tempfile.mkdtemp(prefix="accreditation-tests-")
    atexit.register(shutil.rmtree, os.environ["TEST_RUN_DIR"], ignore_errors=True)
os.environ["VAR_DIR"] = str(Path(os.environ["TEST_RUN_DIR"]) / os.environ.get("PYTEST_XDIST_WORKER", "main"))

from accreditation_engine.settings import *  # noqa: F403
from accreditation_engine.settings import DATABASES, INSTALLED_APPS, STATIC_ROOT, STORAGES, VAR_DIR

STATIC_ROOT.mkdir(exist_ok=True)  # whitenoise warns where there is none
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}

if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # A file, not memory: threads and the live server open connections of their own, with locks as on a site.
    DATABASES["default"]["TEST"] = {"NAME": str(VAR_DIR / "test.sqlite3")}
    _options = DATABASES["default"]["OPTIONS"]
    _options["init_command"] = _options["init_command"].replace("synchronous=FULL", "synchronous=OFF")

INSTALLED_APPS = [*INSTALLED_APPS, "tests.support"]  # its flush empties protected tables
CLOCKS_MAY_DIFFER = timedelta(days=36500)  # tests travel in time, and no database comes along
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
