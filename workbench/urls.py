"""The two doors that a browser can knock at: the admin panel and everything else."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    path("", include("claims.web.urls")),
]
