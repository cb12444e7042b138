"""Loans that are recalled and that renew themselves, group loans, tallies of points, orders to bring stock elsewhere."""

import django.db.models.deletion
import wenlan.kernel.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('circulation', '0009_compensations'),
        ('holdings', '0014_rotation_and_deposits'),
        ('network', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='loanrule',
            name='recall_days',
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='loanrule',
            name='renews_itself',
            field=models.BooleanField(blank=True, null=True),
        ),
        migrations.CreateModel(
            name='GroupLoan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=wenlan.kernel.ids.new_uid, editable=False, unique=True)),
                ('name', models.CharField(max_length=60)),
                ('persons', models.PositiveIntegerField(blank=True, null=True)),
                ('made_at', models.DateTimeField()),
                ('made_on', models.DateField()),
                ('made_by', models.CharField(blank=True, max_length=64)),
                ('key', models.CharField(max_length=60, unique=True)),
                ('node', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.node')),
            ],
        ),
        migrations.CreateModel(
            name='GroupLoanItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='items', to='circulation.grouploan')),
                ('loan', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='circulation.loan')),
            ],
        ),
        migrations.CreateModel(
            name='LendingTally',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=wenlan.kernel.ids.new_uid, editable=False, unique=True)),
                ('from_day', models.DateField()),
                ('day', models.DateField()),
                ('loans', models.PositiveIntegerField()),
                ('persons', models.PositiveIntegerField(default=0)),
                ('told_by', models.CharField(blank=True, default='', max_length=60)),
                ('at', models.DateTimeField()),
                ('by', models.CharField(blank=True, max_length=64)),
                ('key', models.CharField(max_length=80, unique=True)),
                ('replaced_at', models.DateTimeField(blank=True, null=True)),
                ('node', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.node')),
            ],
        ),
        migrations.CreateModel(
            name='MoveOrder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('made_at', models.DateTimeField()),
                ('made_by', models.CharField(blank=True, max_length=64)),
                ('sent_at', models.DateTimeField(blank=True, null=True)),
                ('dropped_at', models.DateTimeField(blank=True, null=True)),
                ('key', models.CharField(max_length=120, unique=True)),
                ('from_node', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.node')),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='holdings.item')),
                ('to_node', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.node')),
            ],
        ),
        migrations.CreateModel(
            name='Recall',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('recalled_at', models.DateTimeField()),
                ('recalled_by', models.CharField(blank=True, max_length=64)),
                ('due_before', models.DateField()),
                ('due_on', models.DateField()),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('key', models.CharField(max_length=80, unique=True)),
                ('loan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='circulation.loan')),
                ('reservation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='circulation.reservation')),
            ],
        ),
        migrations.AddIndex(
            model_name='grouploan',
            index=models.Index(fields=['node', 'made_on'], name='circulation_groups_by_day'),
        ),
        migrations.AddConstraint(
            model_name='lendingtally',
            constraint=models.UniqueConstraint(condition=models.Q(('replaced_at__isnull', True)), fields=('node', 'day'), name='circulation_one_tally_per_span'),
        ),
        migrations.AddConstraint(
            model_name='lendingtally',
            constraint=models.CheckConstraint(condition=models.Q(('from_day__lte', models.F('day'))), name='circulation_tally_days_in_order'),
        ),
        migrations.AddConstraint(
            model_name='lendingtally',
            constraint=models.CheckConstraint(condition=models.Q(('persons__lte', models.F('loans'))), name='circulation_tally_persons_borrow'),
        ),
        migrations.AddConstraint(
            model_name='moveorder',
            constraint=models.UniqueConstraint(condition=models.Q(('dropped_at__isnull', True), ('sent_at__isnull', True)), fields=('item',), name='circulation_one_move_per_item'),
        ),
        migrations.AddConstraint(
            model_name='recall',
            constraint=models.UniqueConstraint(condition=models.Q(('withdrawn_at__isnull', True)), fields=('loan',), name='circulation_loan_recalled_once'),
        ),
        migrations.AddConstraint(
            model_name='recall',
            constraint=models.CheckConstraint(condition=models.Q(('due_on__lte', models.F('due_before'))), name='circulation_recall_shortens'),
        ),
    ]
