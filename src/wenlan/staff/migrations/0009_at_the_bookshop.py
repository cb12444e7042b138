"""Who lends at a bookshop what readers choose there: its clerks, a role of their own, and librarians."""

from django.db import migrations

RIGHT = "acquisitions.bookshop"
ROLES = ("acquisitions", "circulation", "branch_manager")
CLERK = {"names": {"zh": "书店店员", "en": "Bookshop clerk"}, "rights": [RIGHT]}


def grant(apps, schema_editor):
    roles = apps.get_model("staff", "Role").objects
    if not roles.exists():
        return  # a new installation writes its roles itself
    for role in roles.filter(code__in=ROLES):
        if RIGHT not in role.rights:
            role.rights = [*role.rights, RIGHT]
            role.save(update_fields=["rights"])
    roles.get_or_create(code="bookshop_clerk", defaults=CLERK)


class Migration(migrations.Migration):
    dependencies = [("staff", "0008_machines_and_the_bus")]

    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
