"""Who keeps the register of machines, and who plans the bus and keeps its trips; also where roles were written before."""

from django.db import migrations

GIVEN = {
    "facilities.machines": ("deputy_director", "office", "branch_manager", "system"),
    "outreach.bus": ("director", "deputy_director", "branch_manager", "bus"),
}


def grant(apps, schema_editor):
    roles = apps.get_model("staff", "Role").objects
    for right, codes in GIVEN.items():
        for role in roles.filter(code__in=codes):
            if right not in role.rights:
                role.rights = [*role.rights, right]
                role.save(update_fields=["rights"])


class Migration(migrations.Migration):
    dependencies = [("staff", "0007_rosters_and_volunteers")]

    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
