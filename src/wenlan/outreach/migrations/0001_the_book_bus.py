"""Stops, lines with their timetable, and trips of the book bus."""

import django.db.models.deletion
import wenlan.kernel.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('facilities', '0005_machines'),
        ('network', '0003_capped_admission'),
    ]

    operations = [
        migrations.CreateModel(
            name='BusLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('words', models.JSONField()),
                ('weekday', models.PositiveSmallIntegerField()),
                ('pattern', models.CharField(choices=[('every', 'every week'), ('alternate', 'every second week'), ('first', 'the first of the month'), ('second', 'the second of the month'), ('third', 'the third of the month'), ('fourth', 'the fourth of the month'), ('first_third', 'the first and third of the month'), ('second_fourth', 'the second and fourth of the month')], default='every', max_length=16)),
                ('from_day', models.DateField()),
                ('until_day', models.DateField(blank=True, null=True)),
                ('key', models.CharField(max_length=120, unique=True)),
                ('node', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.node')),
                ('vehicle', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='facilities.machine')),
            ],
        ),
        migrations.CreateModel(
            name='BusStop',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=wenlan.kernel.ids.new_uid, editable=False, unique=True)),
                ('words', models.JSONField()),
                ('host', models.CharField(blank=True, default='', max_length=20)),
                ('address', models.CharField(blank=True, default='', max_length=200)),
                ('from_day', models.DateField()),
                ('until_day', models.DateField(blank=True, null=True)),
                ('entry', models.UUIDField(blank=True, null=True, unique=True)),
                ('entry_out', models.UUIDField(blank=True, null=True)),
                ('key', models.CharField(max_length=120, unique=True)),
                ('home', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.node')),
                ('node', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.node')),
            ],
        ),
        migrations.CreateModel(
            name='LineCall',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('arrives', models.TimeField()),
                ('leaves', models.TimeField()),
                ('line', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='calls', to='outreach.busline')),
                ('stop', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='outreach.busstop')),
            ],
        ),
        migrations.CreateModel(
            name='LineException',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField()),
                ('runs', models.BooleanField()),
                ('reason', models.CharField(blank=True, default='', max_length=120)),
                ('line', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='exceptions', to='outreach.busline')),
            ],
        ),
        migrations.CreateModel(
            name='Trip',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=wenlan.kernel.ids.new_uid, editable=False, unique=True)),
                ('purpose', models.CharField(choices=[('line', 'Line'), ('ad_hoc', 'Outside the timetable'), ('event', 'Event')], max_length=8)),
                ('title', models.CharField(blank=True, default='', max_length=120)),
                ('day', models.DateField(db_index=True)),
                ('started_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('state', models.CharField(choices=[('under_way', 'Under way'), ('closed', 'Closed'), ('dropped', 'Dropped')], default='under_way', max_length=10)),
                ('drivers', models.JSONField(default=list)),
                ('crew', models.JSONField(default=list)),
                ('others', models.JSONField(default=list)),
                ('note', models.CharField(blank=True, default='', max_length=300)),
                ('entry', models.UUIDField(blank=True, null=True)),
                ('filled', models.JSONField(default=dict)),
                ('opened_by', models.CharField(blank=True, max_length=64)),
                ('key', models.CharField(max_length=120, unique=True)),
                ('department', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.department')),
                ('line', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='outreach.busline')),
                ('node', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.node')),
                ('vehicle', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='facilities.machine')),
            ],
        ),
        migrations.CreateModel(
            name='TripStop',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120)),
                ('planned', models.TimeField(blank=True, null=True)),
                ('arrived_at', models.DateTimeField(blank=True, null=True)),
                ('left_at', models.DateTimeField(blank=True, null=True)),
                ('is_left_out', models.BooleanField(default=False)),
                ('stop', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='outreach.busstop')),
                ('trip', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='stops', to='outreach.trip')),
            ],
        ),
        migrations.AddConstraint(
            model_name='busline',
            constraint=models.CheckConstraint(condition=models.Q(('weekday__lte', 6)), name='outreach_line_weekday'),
        ),
        migrations.AddConstraint(
            model_name='busline',
            constraint=models.CheckConstraint(condition=models.Q(('until_day__isnull', True), ('until_day__gt', models.F('from_day')), _connector='OR'), name='outreach_line_span'),
        ),
        migrations.AddConstraint(
            model_name='linecall',
            constraint=models.UniqueConstraint(fields=('line', 'stop'), name='outreach_stop_once_a_line'),
        ),
        migrations.AddConstraint(
            model_name='linecall',
            constraint=models.CheckConstraint(condition=models.Q(('leaves__gt', models.F('arrives'))), name='outreach_call_span'),
        ),
        migrations.AddConstraint(
            model_name='lineexception',
            constraint=models.UniqueConstraint(fields=('line', 'day'), name='outreach_one_exception_a_day'),
        ),
        migrations.AddConstraint(
            model_name='trip',
            constraint=models.CheckConstraint(condition=models.Q(('ended_at__isnull', True), ('ended_at__gt', models.F('started_at')), _connector='OR'), name='outreach_trip_span'),
        ),
        migrations.AddConstraint(
            model_name='trip',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'under_way')), fields=('vehicle',), name='outreach_one_trip_under_way'),
        ),
        migrations.AddConstraint(
            model_name='trip',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'closed'), _negated=True), ('ended_at__isnull', False), _connector='OR'), name='outreach_closed_trip_has_ended'),
        ),
    ]
