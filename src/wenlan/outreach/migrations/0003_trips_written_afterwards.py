"""A trip that is written down afterwards stands beside the one that is under way."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('facilities', '0005_machines'),
        ('network', '0003_capped_admission'),
        ('outreach', '0002_service_at_the_door'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='trip',
            name='outreach_one_trip_under_way',
        ),
        migrations.AddConstraint(
            model_name='trip',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True), ('state', 'under_way')), fields=('vehicle',), name='outreach_one_trip_under_way'),
        ),
    ]
