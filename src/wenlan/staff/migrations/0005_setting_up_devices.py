"""Who runs the installation or a branch sets up its self-service machines, also where roles were written before."""

from django.db import migrations

RIGHT = "protocols.devices"
ROLES = ("deputy_director", "branch_manager", "system")


def grant(apps, schema_editor):
    for role in apps.get_model("staff", "Role").objects.filter(code__in=ROLES):
        if RIGHT not in role.rights:
            role.rights = [*role.rights, RIGHT]
            role.save(update_fields=["rights"])


class Migration(migrations.Migration):
    dependencies = [("staff", "0004_reading_and_managing_readers")]

    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
