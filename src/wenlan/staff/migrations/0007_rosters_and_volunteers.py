"""Who plans the duty of a team, and who takes in volunteers; also where roles were written before."""

from django.db import migrations

GIVEN = {
    "circulation.roster": ("director", "deputy_director", "branch_manager"),
    "volunteers.keep": ("director", "deputy_director", "branch_manager", "circulation", "activities"),
}


def grant(apps, schema_editor):
    roles = apps.get_model("staff", "Role").objects
    for right, codes in GIVEN.items():
        for role in roles.filter(code__in=codes):
            if right not in role.rights:
                role.rights = [*role.rights, right]
                role.save(update_fields=["rights"])


class Migration(migrations.Migration):
    dependencies = [("staff", "0006_keeping_a_room")]

    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
