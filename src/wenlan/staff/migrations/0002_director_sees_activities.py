"""The director plans and sees activities, also where roles were written before that was so."""

from django.db import migrations

RIGHT = "activities.edit"


def grant(apps, schema_editor):
    for role in apps.get_model("staff", "Role").objects.filter(code="director"):
        if RIGHT not in role.rights:
            role.rights = [*role.rights, RIGHT]
            role.save(update_fields=["rights"])


class Migration(migrations.Migration):
    dependencies = [("staff", "0001_initial")]

    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
