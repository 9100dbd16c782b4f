"""The settings of tests: those of production, but for what would only slow a test down or get in its way."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

_FOLDER = tempfile.mkdtemp(prefix="workbench-tests-")
atexit.register(shutil.rmtree, _FOLDER, ignore_errors=True)

os.environ.pop("DEBUG", None)
os.environ["SECRET_KEY"] = "no-secret-but-long-enough-for-a-test-run-of-the-workbench-0123456789"
os.environ["ALLOWED_HOSTS"] = "testserver,localhost,127.0.0.1"
os.environ["DATA_DIR"] = os.environ["STATIC_ROOT"] = _FOLDER
# A line for each request and each query that a busy machine made wait would hide what a test complains of.
os.environ["LOG_FORMAT"], os.environ["SLOW_QUERY_MS"] = "plain", "0"

from workbench.settings import *  # noqa: E402
from workbench.settings import DATABASES  # noqa: E402

# Argon2 is slow by design, and tests log in all the time.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# The manifest is made by collectstatic, which a test does not wait for.
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# The test client speaks plain HTTP.
SECURE_SSL_REDIRECT = False
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, as in production: an in-memory database has no WAL and no second writer.
    DATABASES["default"]["TEST"] = {"NAME": str(Path(_FOLDER) / "test.sqlite3")}
