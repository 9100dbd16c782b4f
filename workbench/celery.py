"""Celery, for desks whose workers stand on several machines; deploy/ and docs/guide-operator.md say how to start it.

    celery --app workbench.celery worker        on each machine that works, as many as there are
    celery --app workbench.celery beat          on one of them, or on two: what comes twice is done once

What the workers do is claims.tasks.
"""

import os

import django
from celery import Celery  # type: ignore[import-untyped]
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "workbench.settings")
django.setup()

if not settings.CELERY_BROKER_URL:
    raise ImproperlyConfigured(
        "Celery needs CELERY_BROKER_URL, such as redis://127.0.0.1:6379/0. Without Redis use manage.py work."
    )

app = Celery("workbench")
app.conf.update(
    broker_url=settings.CELERY_BROKER_URL,
    broker_connection_retry_on_startup=True,
    task_ignore_result=True,
    # One job at a time: who is busy leaves the others' work to the others.
    worker_prefetch_multiplier=1,
    worker_hijack_root_logger=False,
    beat_schedule={
        "look": {
            "task": "claims.look",
            "schedule": settings.LOOK_FOR_JOBS_EVERY,
            "options": {"expires": settings.LOOK_FOR_JOBS_EVERY},
        },
    },
    # When it last looked is of no use after a stop.
    beat_scheduler="celery.beat.Scheduler",
)
app.autodiscover_tasks(["claims"])
