"""The doors that one can knock at from outside: the admin panel, the API, and the pages."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    path("api/v1/", include("claims.api.urls")),
    path("", include("claims.web.urls")),
]

handler400 = "claims.api.problems.bad_request"
handler404 = "claims.api.problems.not_found"
handler500 = "claims.api.problems.failed"
