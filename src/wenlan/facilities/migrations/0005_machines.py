"""The register of machines: what stands where, what was done with it, which device it is."""

import django.db.models.deletion
import wenlan.kernel.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('facilities', '0004_booked_admissions'),
        ('network', '0003_capped_admission'),
    ]

    operations = [
        migrations.CreateModel(
            name='OwnMachineType',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=40, unique=True)),
                ('words', models.JSONField()),
            ],
        ),
        migrations.CreateModel(
            name='Machine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=wenlan.kernel.ids.new_uid, editable=False, unique=True)),
                ('number', models.CharField(max_length=40, unique=True)),
                ('type', models.CharField(max_length=40)),
                ('name', models.CharField(max_length=120)),
                ('spot', models.CharField(blank=True, default='', max_length=120)),
                ('state', models.CharField(choices=[('in_use', 'In use'), ('in_repair', 'In repair'), ('out_of_use', 'Out of use'), ('disposed', 'Disposed of')], default='in_use', max_length=12)),
                ('serial', models.CharField(blank=True, default='', max_length=80)),
                ('plate', models.CharField(blank=True, default='', max_length=20)),
                ('bought_on', models.DateField(blank=True, null=True)),
                ('price_fen', models.PositiveBigIntegerField(blank=True, null=True)),
                ('fund', models.CharField(blank=True, default='', max_length=120)),
                ('supplier', models.CharField(blank=True, default='', max_length=120)),
                ('warranty_until', models.DateField(blank=True, null=True)),
                ('note', models.CharField(blank=True, default='', max_length=300)),
                ('since', models.DateField()),
                ('last_on', models.DateField()),
                ('revision', models.PositiveIntegerField(default=1)),
                ('key', models.CharField(max_length=120, unique=True)),
                ('department', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.department')),
                ('node', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.node')),
            ],
        ),
        migrations.CreateModel(
            name='MachineDeed',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('taken_in', 'Entered'), ('moved', 'Moved'), ('stated', 'State changed')], max_length=12)),
                ('day', models.DateField()),
                ('spot', models.CharField(blank=True, default='', max_length=120)),
                ('state', models.CharField(choices=[('in_use', 'In use'), ('in_repair', 'In repair'), ('out_of_use', 'Out of use'), ('disposed', 'Disposed of')], max_length=12)),
                ('note', models.CharField(blank=True, default='', max_length=200)),
                ('at', models.DateTimeField()),
                ('by', models.CharField(blank=True, max_length=64)),
                ('recorded', models.JSONField(default=list)),
                ('undone_at', models.DateTimeField(blank=True, null=True)),
                ('key', models.CharField(max_length=120, unique=True)),
                ('undone_key', models.CharField(blank=True, default='', max_length=120)),
                ('department', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.department')),
                ('machine', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='deeds', to='facilities.machine')),
                ('node', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.node')),
            ],
        ),
        migrations.CreateModel(
            name='MachineDevice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('device', models.CharField(max_length=60)),
                ('from_day', models.DateField()),
                ('until_day', models.DateField(blank=True, null=True)),
                ('machine', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='devices', to='facilities.machine')),
            ],
        ),
        migrations.AddIndex(
            model_name='machine',
            index=models.Index(fields=['type', 'node'], name='facilities_machines_of_type'),
        ),
        migrations.AddIndex(
            model_name='machinedeed',
            index=models.Index(fields=['machine', 'id'], name='facilities_deeds_of_machine'),
        ),
        migrations.AddConstraint(
            model_name='machinedevice',
            constraint=models.CheckConstraint(condition=models.Q(('until_day__isnull', True), ('until_day__gt', models.F('from_day')), _connector='OR'), name='facilities_device_span'),
        ),
        migrations.AddConstraint(
            model_name='machinedevice',
            constraint=models.UniqueConstraint(condition=models.Q(('until_day__isnull', True)), fields=('device',), name='facilities_one_machine_a_device'),
        ),
    ]
