"""How a figure is said: what it is, what came out, beside which limit or peer."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """One row of the table. `beside` is the physical limit, the peer or the figure to reach, from the same run."""

    name: str
    measured: str
    beside: str


def percentile(values: list[float], share: float) -> float:
    """The value below which `share` (0 to 1) of the values lie, by nearest rank."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def spread(milliseconds: list[float]) -> str:
    """Median and 95th percentile."""
    return f"p50 {percentile(milliseconds, 0.5):.1f} ms, p95 {percentile(milliseconds, 0.95):.1f} ms"


def show(figures: list[Figure]) -> None:
    """Print the rows in columns."""
    width = max(len(figure.name) for figure in figures)
    middle = max(len(figure.measured) for figure in figures)
    for figure in figures:
        print(f"{figure.name:<{width}}  {figure.measured:<{middle}}  {figure.beside}", flush=True)
