"""Those who keep items or a branch sign for what is handed over to them, also where roles were written before."""

from django.db import migrations

RIGHT = "holdings.receive"
ROLES = ("acquisitions", "cataloguer", "stacks", "branch_manager", "village_keeper", "bus")


def grant(apps, schema_editor):
    for role in apps.get_model("staff", "Role").objects.filter(code__in=ROLES):
        if RIGHT not in role.rights:
            role.rights = [*role.rights, RIGHT]
            role.save(update_fields=["rights"])


class Migration(migrations.Migration):
    dependencies = [("staff", "0002_director_sees_activities")]

    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
