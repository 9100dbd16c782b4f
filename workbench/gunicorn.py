"""How gunicorn serves the workbench: `gunicorn --config workbench/gunicorn.py`."""

import gc
import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

from django.urls import get_resolver

wsgi_app = "workbench.wsgi"
# Loopback, unless a proxy with TLS on another machine is to reach it.
bind = f"{os.environ.get('BIND') or '127.0.0.1'}:{os.environ.get('PORT') or '8000'}"
workers = int(os.environ.get("WEB_WORKERS") or 2)
worker_class = "gthread"
threads = 4
# One copy of the code in memory, shared by the workers.
preload_app = True
loglevel = "warning"
# No socket for steering from outside: signals are enough, and two servers of one user would share its path.
control_socket_disable = True
graceful_timeout = 5

# The workers count into one folder, so that each can answer for all. It has to be named before the code is loaded that
# counts. What a worker that has ended counted still counts: nothing in it is a state of one worker.
METRICS_FOLDER = "workbench-metrics-"
if os.environ.get("METRICS_TOKEN") and not os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = tempfile.mkdtemp(prefix=METRICS_FOLDER)


def on_starting(server: Any) -> None:
    """Begin to count at nothing."""
    if folder := os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        Path(folder).mkdir(parents=True, exist_ok=True)
        for left in Path(folder).glob("*.db"):
            left.unlink()


def on_exit(server: Any) -> None:
    """Take away the folder, where it is the server's own."""
    folder = Path(os.environ.get("PROMETHEUS_MULTIPROC_DIR", ""))
    if folder.name.startswith(METRICS_FOLDER):
        shutil.rmtree(folder, ignore_errors=True)


def when_ready(server: Any) -> None:
    """Say where the workbench is, once it answers; what was loaded until now stays shared by the workers."""
    # Django loads the pages and the API at the first request, which each worker would do for itself.
    get_resolver().url_patterns  # noqa: B018 - asking loads them
    # The collector writes into each object that it looks at, and so would copy all of them into every worker.
    gc.collect()
    gc.freeze()
    print(f"The workbench is at http://{bind}/ (stop it with Ctrl-C).", flush=True)
