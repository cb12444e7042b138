"""Loan desks and branches read identity numbers in full and manage accounts, also where roles were written before."""

from django.db import migrations

RIGHTS = ("patrons.identity", "patrons.manage")
ROLES = ("circulation", "branch_manager")


def grant(apps, schema_editor):
    for role in apps.get_model("staff", "Role").objects.filter(code__in=ROLES):
        missing = [right for right in RIGHTS if right not in role.rights]
        if missing:
            role.rights = [*role.rights, *missing]
            role.save(update_fields=["rights"])


class Migration(migrations.Migration):
    dependencies = [("staff", "0003_signing_for_handovers")]

    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
