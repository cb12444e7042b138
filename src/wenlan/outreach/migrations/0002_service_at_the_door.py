"""Readers served at the door, runs, visits, and the books that went."""

import django.db.models.deletion
import wenlan.kernel.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('circulation', '0017_orders_of_readers'),
        ('network', '0003_capped_admission'),
        ('outreach', '0001_the_book_bus'),
        ('patrons', '0007_consent_when_given'),
    ]

    operations = [
        migrations.CreateModel(
            name='DoorReader',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=wenlan.kernel.ids.new_uid, editable=False, unique=True)),
                ('ground', models.CharField(choices=[('disabled', 'Disabled'), ('senior', 'Of great age'), ('ill', 'Ill or bedridden'), ('left_behind', 'Left-behind child'), ('hardship', 'In need'), ('group', 'A group or institution')], max_length=12)),
                ('by_rule', models.BooleanField(default=False)),
                ('area', models.CharField(blank=True, max_length=60)),
                ('doorplate_cipher', models.BinaryField(blank=True, null=True)),
                ('doorplate_key_version', models.PositiveSmallIntegerField(default=0)),
                ('from_day', models.DateField()),
                ('valid_until', models.DateField(blank=True, null=True)),
                ('ended_on', models.DateField(blank=True, null=True)),
                ('made_by', models.CharField(blank=True, max_length=64)),
                ('key', models.CharField(max_length=80, unique=True)),
                ('node', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.node')),
                ('patron', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='patrons.patron')),
            ],
        ),
        migrations.CreateModel(
            name='DoorRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ground', models.CharField(choices=[('disabled', 'Disabled'), ('senior', 'Of great age'), ('ill', 'Ill or bedridden'), ('left_behind', 'Left-behind child'), ('hardship', 'In need'), ('group', 'A group or institution')], max_length=12)),
                ('category', models.CharField(blank=True, max_length=40)),
                ('special_group', models.CharField(blank=True, max_length=20)),
                ('age_from', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('from_day', models.DateField()),
                ('until_day', models.DateField(blank=True, null=True)),
                ('key', models.CharField(max_length=80, unique=True)),
                ('node', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.node')),
            ],
        ),
        migrations.CreateModel(
            name='DoorRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=wenlan.kernel.ids.new_uid, editable=False, unique=True)),
                ('day', models.DateField()),
                ('name', models.CharField(max_length=60)),
                ('crew', models.CharField(blank=True, max_length=120)),
                ('made_by', models.CharField(blank=True, max_length=64)),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('key', models.CharField(max_length=80, unique=True)),
                ('node', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.node')),
            ],
        ),
        migrations.CreateModel(
            name='DoorVisit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=wenlan.kernel.ids.new_uid, editable=False, unique=True)),
                ('position', models.PositiveSmallIntegerField()),
                ('outcome', models.CharField(blank=True, choices=[('given', 'Books given'), ('nobody', 'Nobody there'), ('moved', 'Moved away')], default='', max_length=8)),
                ('persons', models.PositiveIntegerField(default=1)),
                ('note', models.CharField(blank=True, default='', max_length=200)),
                ('settled_at', models.DateTimeField(blank=True, null=True)),
                ('settled_by', models.CharField(blank=True, default='', max_length=64)),
                ('order', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='circulation.bookorder')),
                ('reader', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='outreach.doorreader')),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='visits', to='outreach.doorrun')),
            ],
        ),
        migrations.CreateModel(
            name='DoorCopy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('handed', models.CharField(choices=[('given', 'Given'), ('collected', 'Collected')], max_length=10)),
                ('loan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='circulation.loan')),
                ('visit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='copies', to='outreach.doorvisit')),
            ],
        ),
        migrations.AddConstraint(
            model_name='doorreader',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_on__isnull', True)), fields=('patron',), name='outreach_served_once'),
        ),
        migrations.AddConstraint(
            model_name='doorrule',
            constraint=models.CheckConstraint(condition=models.Q(('age_from__isnull', True), ('category', ''), ('special_group', ''), _negated=True), name='outreach_door_rule_is_for_somebody'),
        ),
        migrations.AddConstraint(
            model_name='doorrule',
            constraint=models.CheckConstraint(condition=models.Q(('until_day', None), ('until_day__gte', models.F('from_day')), _connector='OR'), name='outreach_door_rule_span'),
        ),
        migrations.AddIndex(
            model_name='doorrun',
            index=models.Index(fields=['node', '-day'], name='outreach_runs_of_place'),
        ),
        migrations.AddConstraint(
            model_name='doorvisit',
            constraint=models.UniqueConstraint(fields=('run', 'reader'), name='outreach_door_once_a_run'),
        ),
        migrations.AddConstraint(
            model_name='doorcopy',
            constraint=models.UniqueConstraint(fields=('loan', 'handed'), name='outreach_book_once_each_way'),
        ),
    ]
