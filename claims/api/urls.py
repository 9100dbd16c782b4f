"""Every address of the API. What is read stands in `reading_urls`, what changes something in `writing_urls`.

Where one address is read and written, its view in `writing_urls` is made of the one that reads, and comes first.
"""

from django.urls import path

from claims.api.docs import docs
from claims.api.nowhere import Nowhere
from claims.api.reading_urls import reading
from claims.api.schema import Schema
from claims.api.writing_urls import writing

urlpatterns = [
    path("openapi.json", Schema.as_view(), name="api-schema"),
    path("docs/", docs, name="api-docs"),
    *writing,
    *reading,
    path("<path:nowhere>", Nowhere.as_view(), name="api-nowhere"),
]
