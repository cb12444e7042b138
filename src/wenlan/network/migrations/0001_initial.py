import django.db.models.deletion
import wenlan.kernel.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Node',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=40, unique=True)),
                ('uid', models.UUIDField(default=wenlan.kernel.ids.new_uid, editable=False, unique=True)),
                ('isil', models.CharField(blank=True, max_length=16)),
                ('division_code', models.CharField(blank=True, max_length=12)),
                ('address', models.CharField(blank=True, max_length=200)),
                ('area_m2', models.PositiveIntegerField(blank=True, null=True)),
                ('is_demo', models.BooleanField(default=False)),
                ('successor', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.node')),
            ],
        ),
        migrations.CreateModel(
            name='Department',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=40, unique=True)),
                ('names', models.JSONField()),
                ('kind', models.CharField(choices=[('loan_desk', 'Loan desk'), ('reading_room', 'Reading room'), ('office', 'Office'), ('bus', 'Book bus crew')], max_length=20)),
                ('seats', models.PositiveIntegerField(blank=True, null=True)),
                ('from_day', models.DateField()),
                ('until_day', models.DateField(blank=True, null=True)),
                ('node', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.node')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('until_day__isnull', True), ('until_day__gt', models.F('from_day')), _connector='OR'), name='network_department_span')],
            },
        ),
        migrations.CreateModel(
            name='Closure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('depth', models.PositiveSmallIntegerField()),
                ('from_day', models.DateField()),
                ('until_day', models.DateField(blank=True, null=True)),
                ('ancestor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.node')),
                ('descendant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.node')),
            ],
            options={
                'indexes': [models.Index(fields=['descendant', 'ancestor'], name='network_closure_up')],
                'constraints': [models.CheckConstraint(condition=models.Q(('until_day__isnull', True), ('until_day__gt', models.F('from_day')), _connector='OR'), name='network_closure_span'), models.UniqueConstraint(fields=('ancestor', 'descendant', 'from_day'), name='network_closure_once')],
            },
        ),
        migrations.CreateModel(
            name='ClosedPeriod',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('start', models.DateField()),
                ('end', models.DateField()),
                ('reason', models.JSONField(default=dict)),
                ('node', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.node')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('end__gt', models.F('start'))), name='network_closedperiod_span'), models.UniqueConstraint(fields=('node', 'start'), name='network_closed_once')],
            },
        ),
        migrations.CreateModel(
            name='NodeState',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('from_day', models.DateField()),
                ('until_day', models.DateField(blank=True, null=True)),
                ('names', models.JSONField()),
                ('kind', models.CharField(choices=[('network', 'Network'), ('library', 'Library'), ('building', 'Building'), ('branch', 'Branch'), ('study_room', 'City study room'), ('village_room', 'Village reading room'), ('point', 'Hosted point'), ('bus', 'Book bus'), ('bus_stop', 'Bus stop')], max_length=20)),
                ('status', models.CharField(choices=[('planned', 'Planned'), ('open', 'Open'), ('suspended', 'Suspended'), ('closed', 'Closed')], default='open', max_length=12)),
                ('statistical_unit', models.BooleanField(default=False)),
                ('host_kind', models.CharField(blank=True, max_length=40)),
                ('node', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.node')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('until_day__isnull', True), ('until_day__gt', models.F('from_day')), _connector='OR'), name='network_nodestate_span'), models.UniqueConstraint(fields=('node', 'from_day'), name='network_one_state_a_day'), models.UniqueConstraint(condition=models.Q(('until_day__isnull', True)), fields=('node',), name='network_one_present_state')],
            },
        ),
        migrations.CreateModel(
            name='OpeningHours',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('weekday', models.PositiveSmallIntegerField()),
                ('opens', models.TimeField()),
                ('closes', models.TimeField()),
                ('from_day', models.DateField()),
                ('until_day', models.DateField(blank=True, null=True)),
                ('node', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.node')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('until_day__isnull', True), ('until_day__gt', models.F('from_day')), _connector='OR'), name='network_openinghours_span'), models.CheckConstraint(condition=models.Q(('weekday__lte', 6)), name='network_weekday_is_a_day'), models.CheckConstraint(condition=models.Q(('closes__gt', models.F('opens'))), name='network_closes_after_opening'), models.UniqueConstraint(fields=('node', 'weekday', 'opens', 'from_day'), name='network_hours_once')],
            },
        ),
        migrations.CreateModel(
            name='Placement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('from_day', models.DateField()),
                ('until_day', models.DateField(blank=True, null=True)),
                ('node', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.node')),
                ('parent', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.node')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('until_day__isnull', True), ('until_day__gt', models.F('from_day')), _connector='OR'), name='network_placement_span'), models.CheckConstraint(condition=models.Q(('node', models.F('parent')), _negated=True), name='network_not_under_itself'), models.UniqueConstraint(condition=models.Q(('until_day__isnull', True)), fields=('node',), name='network_one_present_parent')],
            },
        ),
        migrations.RunSQL('CREATE VIEW network_closure_facts AS SELECT ancestor_id AS ancestor, descendant_id AS descendant, depth, from_day, until_day FROM network_closure', 'DROP VIEW network_closure_facts'),
    ]
