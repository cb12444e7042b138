"""The plan of a year: so many sessions of a kind until a day."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('activities', '0002_outside_the_house'),
        ('network', '0003_capped_admission'),
    ]

    operations = [
        migrations.CreateModel(
            name='PlanItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=120)),
                ('kind', models.CharField(max_length=20)),
                ('due_on', models.DateField()),
                ('target_sessions', models.PositiveIntegerField()),
                ('target_persons', models.PositiveIntegerField(blank=True, null=True)),
                ('carried_by', models.CharField(blank=True, default='', max_length=60)),
                ('dropped_on', models.DateField(blank=True, null=True)),
                ('key', models.CharField(max_length=80, unique=True)),
                ('node', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.node')),
            ],
            options={
                'indexes': [models.Index(fields=['node', 'due_on'], name='activities_plan_by_node')],
                'constraints': [models.CheckConstraint(condition=models.Q(('target_sessions__gt', 0)), name='activities_plan_item_aims')],
            },
        ),
    ]
