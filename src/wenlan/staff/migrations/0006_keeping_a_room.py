"""Keepers of village rooms, and the branch librarians above them, keep rooms; also where roles were written before."""

from django.db import migrations

RIGHT = "facilities.keep"
ROLES = ("village_keeper", "branch_manager")


def grant(apps, schema_editor):
    for role in apps.get_model("staff", "Role").objects.filter(code__in=ROLES):
        if RIGHT not in role.rights:
            role.rights = [*role.rights, RIGHT]
            role.save(update_fields=["rights"])


class Migration(migrations.Migration):
    dependencies = [("staff", "0005_setting_up_devices")]

    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
