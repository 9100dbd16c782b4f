"""How Django finds the app and its admin panel."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class ClaimsConfig(AppConfig):
    """The one app of the workbench."""

    name = "claims"
    verbose_name = "Claims"


class WorkbenchAdminConfig(AdminConfig):
    """Django's admin with our own site object, so that who may enter is our permission rule."""

    default_site = "claims.admin.site.ModeratorsPanel"
