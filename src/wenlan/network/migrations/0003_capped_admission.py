"""Days on which so many people only may come into a place at a time."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('network', '0002_special_days_and_seasons'),
    ]

    operations = [
        migrations.CreateModel(
            name='AdmissionCap',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('from_day', models.DateField()),
                ('until_day', models.DateField(blank=True, null=True)),
                ('most', models.PositiveIntegerField()),
                ('slot_minutes', models.PositiveSmallIntegerField()),
                ('reason', models.CharField(max_length=200)),
                ('node', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.node')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('until_day__isnull', True), ('until_day__gt', models.F('from_day')), _connector='OR'), name='network_cap_span'), models.CheckConstraint(condition=models.Q(('most__gt', 0), ('slot_minutes__gte', 15)), name='network_cap_lets_somebody_in'), models.UniqueConstraint(fields=('node', 'from_day'), name='network_one_cap_a_day')],
            },
        ),
    ]
