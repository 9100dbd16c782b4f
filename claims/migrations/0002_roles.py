"""The groups that are the roles, the account that commands act as, and the head of the event log."""

from django.db import migrations

ROLES = ("reviewer", "moderator", "administrator")


def make(apps, schema_editor):
    group = apps.get_model("auth", "Group")
    for role in ROLES:
        group.objects.get_or_create(name=role)
    # "!" is Django's mark for a password that nothing matches.
    apps.get_model("claims", "User").objects.get_or_create(
        username="operator", defaults={"password": "!", "is_active": False}
    )
    apps.get_model("claims", "EventHead").objects.get_or_create(id=1)


class Migration(migrations.Migration):
    dependencies = [("claims", "0001_initial")]
    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
