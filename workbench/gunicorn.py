"""How gunicorn serves the workbench: `gunicorn --config workbench/gunicorn.py`."""

import gc
import os
from typing import Any

from django.urls import get_resolver

wsgi_app = "workbench.wsgi"
# Loopback only: whoever serves others puts a proxy with TLS in front.
bind = f"127.0.0.1:{os.environ.get('PORT', '8000')}"
workers = 2
worker_class = "gthread"
threads = 4
# One copy of the code in memory, shared by the workers.
preload_app = True
loglevel = "warning"
# No socket for steering from outside: signals are enough, and two servers of one user would share its path.
control_socket_disable = True
graceful_timeout = 5


def when_ready(server: Any) -> None:
    """Say where the workbench is, once it answers; what was loaded until now stays shared by the workers."""
    # Django loads the pages and the API at the first request, which each worker would do for itself.
    get_resolver().url_patterns  # noqa: B018 - asking loads them
    # The collector writes into each object that it looks at, and so would copy all of them into every worker.
    gc.collect()
    gc.freeze()
    print(f"The workbench is at http://{bind}/ (stop it with Ctrl-C).", flush=True)
