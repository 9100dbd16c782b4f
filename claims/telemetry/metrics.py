"""What is counted for Prometheus, by names that stand in the code: never by a person, an address or a text.

Nothing is counted unless METRICS_TOKEN is set. prometheus-client is an extra; `workbench/settings.py` says what to
install. Where PROMETHEUS_MULTIPROC_DIR is set, as workbench/gunicorn.py does, processes count into files of that
folder, and any of them answers for all.
"""

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.conf import settings

try:
    import prometheus_client
    from prometheus_client.core import GaugeMetricFamily
    from prometheus_client.multiprocess import MultiProcessCollector
    from prometheus_client.registry import Collector
except ImportError:
    _HAS_LIBRARY = False
    Collector = object  # type: ignore[assignment,misc]
else:
    _HAS_LIBRARY = True

MEDIA_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"
# In seconds. 0.3 and 0.25 are what a save and a page may take under load.
BUCKETS: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.3, 0.5, 1, 2.5, 5, 10, 30)
DOORS: Final = {"admin:": "panel", "api-": "api", "static": "static"}
SAVING: Final = frozenset({"POST", "PUT", "PATCH", "DELETE"})


@dataclass(frozen=True)
class Answered:
    """One request that was answered: the name of its address in the code, and what it took."""

    route: str
    method: str
    status: int
    seconds: float
    queries: int
    query_seconds: float

    @property
    def door(self) -> str:
        """Which door it came through: pages, panel, api or static."""
        return next((door for start, door in DOORS.items() if self.route.startswith(start)), "pages")

    @property
    def is_save(self) -> bool:
        """Whether it sent something that was taken."""
        return self.method in SAVING and self.status < 400 and self.route != "none"


@dataclass(frozen=True)
class Gauge:
    """A figure as it is now, for each of some labels: values are (what each label is, the figure)."""

    name: str
    says: str
    labels: tuple[str, ...]
    values: Sequence[tuple[tuple[str, ...], float]]


class _Counted:
    """The counters of this process."""

    def __init__(self) -> None:
        self.registry = prometheus_client.CollectorRegistry()
        self.requests = self._counter("requests", "Requests answered.", "route", "method", "status")
        self.route_seconds = self._counter("route_seconds", "Seconds that requests took.", "route", "method")
        self.database_seconds = self._counter("database_seconds", "Seconds that queries took.", "door")
        self.database_queries = self._counter("database_queries", "Queries asked.", "door")
        self.slow_queries = self._counter("slow_queries", "Queries that took SLOW_QUERY_MS or longer.")
        self.events = self._counter("events", "Events recorded by this server.", "kind")
        self.seconds = self._histogram("request_seconds", "Seconds that requests took.", "door", "method")
        self.saves = self._histogram("save_seconds", "Seconds that saves took which were taken.", "route")

    def _counter(self, name: str, says: str, *labels: str) -> "prometheus_client.Counter":
        return prometheus_client.Counter(f"workbench_{name}", says, labels, registry=self.registry)

    def _histogram(self, name: str, says: str, *labels: str) -> "prometheus_client.Histogram":
        return prometheus_client.Histogram(f"workbench_{name}", says, labels, registry=self.registry, buckets=BUCKETS)


_COUNTED: Final[_Counted | None] = _Counted() if _HAS_LIBRARY else None


def are_counted() -> bool:
    """Whether anything is counted: METRICS_TOKEN is set."""
    return bool(settings.METRICS_TOKEN)


def _counting() -> _Counted | None:
    return _COUNTED if are_counted() else None


def count_request(answered: Answered) -> None:
    """Count an answer."""
    if not (counted := _counting()):
        return
    route, method, door = answered.route, answered.method, answered.door
    counted.requests.labels(route, method, str(answered.status)).inc()
    counted.route_seconds.labels(route, method).inc(answered.seconds)
    counted.seconds.labels(door, method).observe(answered.seconds)
    counted.database_queries.labels(door).inc(answered.queries)
    counted.database_seconds.labels(door).inc(answered.query_seconds)
    if answered.is_save:
        counted.saves.labels(route).observe(answered.seconds)


def count_slow_query() -> None:
    """Count a query that took too long."""
    if counted := _counting():
        counted.slow_queries.inc()


def count_events(kinds: Mapping[str, int]) -> None:
    """Count events that are in the log now, by their kind."""
    if counted := _counting():
        for kind, count in kinds.items():
            counted.events.labels(kind).inc(count)


def exposition(now: Iterable[Gauge]) -> bytes:
    """Everything counted since the server began, and these figures of now, as Prometheus reads them."""
    registry = prometheus_client.CollectorRegistry()
    registry.register(_Now(now))
    figures = prometheus_client.generate_latest(registry)
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        everybodys = prometheus_client.CollectorRegistry()
        MultiProcessCollector(everybodys)  # type: ignore[no-untyped-call]
        return figures + prometheus_client.generate_latest(everybodys)
    return figures + (prometheus_client.generate_latest(_COUNTED.registry) if _COUNTED else b"")


class _Now(Collector):
    """Figures of one moment."""

    def __init__(self, gauges: Iterable[Gauge]) -> None:
        self.gauges = gauges

    def collect(self) -> "Iterable[GaugeMetricFamily]":
        """Each figure as the library knows it."""
        for gauge in self.gauges:
            family = GaugeMetricFamily(f"workbench_{gauge.name}", gauge.says, labels=gauge.labels)
            for labels, value in gauge.values:
                family.add_metric(labels, value)
            yield family
