"""The list of claims (being written)."""

from django.http import HttpRequest, HttpResponse


def claim_list(request: HttpRequest) -> HttpResponse:
    """Stand-in."""
    return HttpResponse("")


def export(request: HttpRequest) -> HttpResponse:
    """Stand-in."""
    return HttpResponse("")
