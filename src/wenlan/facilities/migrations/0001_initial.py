import django.db.models.deletion
import wenlan.facilities.types
import wenlan.kernel.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('network', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Gate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=40, unique=True)),
                ('words', models.JSONField()),
                ('direction', models.CharField(choices=[('one_way', 'entrances only'), ('two_way', 'entrances and exits')], default='one_way', max_length=8)),
                ('from_day', models.DateField()),
                ('until_day', models.DateField(blank=True, null=True)),
                ('department', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.department')),
                ('node', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.node')),
            ],
        ),
        migrations.CreateModel(
            name='GateCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=wenlan.kernel.ids.new_uid, editable=False, unique=True)),
                ('day', models.DateField()),
                ('persons', models.PositiveIntegerField()),
                ('origin', models.CharField(default=wenlan.facilities.types.CountOrigin['HAND'], max_length=8)),
                ('is_estimated', models.BooleanField(default=False)),
                ('method', models.CharField(blank=True, default='', max_length=120)),
                ('counted_at', models.DateTimeField()),
                ('replaced_at', models.DateTimeField(blank=True, null=True)),
                ('passages', models.PositiveIntegerField(blank=True, null=True)),
                ('gate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='counts', to='facilities.gate')),
            ],
        ),
        migrations.CreateModel(
            name='RoomCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=wenlan.kernel.ids.new_uid, editable=False, unique=True)),
                ('day', models.DateField()),
                ('persons', models.PositiveIntegerField()),
                ('origin', models.CharField(default=wenlan.facilities.types.CountOrigin['HAND'], max_length=8)),
                ('is_estimated', models.BooleanField(default=False)),
                ('method', models.CharField(blank=True, default='', max_length=120)),
                ('counted_at', models.DateTimeField()),
                ('replaced_at', models.DateTimeField(blank=True, null=True)),
                ('department', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.department')),
            ],
        ),
        migrations.AddConstraint(
            model_name='gate',
            constraint=models.CheckConstraint(condition=models.Q(('until_day__isnull', True), ('until_day__gt', models.F('from_day')), _connector='OR'), name='facilities_gate_span'),
        ),
        migrations.AddConstraint(
            model_name='gatecount',
            constraint=models.UniqueConstraint(condition=models.Q(('replaced_at__isnull', True)), fields=('gate', 'day'), name='facilities_one_standing_count_a_gate_and_day'),
        ),
        migrations.AddConstraint(
            model_name='roomcount',
            constraint=models.UniqueConstraint(condition=models.Q(('replaced_at__isnull', True)), fields=('department', 'day'), name='facilities_one_standing_count_a_room_and_day'),
        ),
    ]
