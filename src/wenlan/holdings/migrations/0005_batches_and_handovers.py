"""Batches of changes, handover slips and allocation plans."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('holdings', '0004_call_numbers'),
        ('network', '0001_initial'),
    ]

    operations = [
        migrations.AlterField(
            model_name='statechange',
            name='transition',
            field=models.CharField(choices=[('finish', 'Processing is finished: put it on the shelf'), ('reprocess', 'Take it back into processing'), ('search', 'Not on the shelf: search for it'), ('miss', 'Record it as missing'), ('find', 'It was found'), ('lose', 'Give it up as lost'), ('lose_on_the_way', 'Record it as lost between libraries'), ('damage', 'Record damage'), ('clear', 'Fit for use after all'), ('repair', 'Send it to repair'), ('bind', 'Send it to the bindery'), ('restore', 'Back from repair or bindery, fit for use'), ('give_up', 'Back from repair or bindery, beyond repair'), ('lock', 'Take it out of service'), ('unlock', 'Bring it back into service'), ('hand_over', 'Handed over'), ('receive', 'Signed for'), ('receive_on', 'Signed for, to be processed on'), ('refuse', 'Refused on handover'), ('set_aside', 'Weeding approved'), ('keep', 'Kept after all'), ('withdraw', 'Deregistered')], max_length=16),
        ),
        migrations.CreateModel(
            name='AllocationPlan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('names', models.JSONField()),
                ('in_turn', models.BooleanField(default=False)),
                ('shares', models.JSONField()),
                ('node', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.node')),
            ],
        ),
        migrations.CreateModel(
            name='Batch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('made_at', models.DateTimeField()),
                ('operator', models.CharField(blank=True, default='', max_length=60)),
                ('changes', models.JSONField()),
                ('run_at', models.DateTimeField(blank=True, null=True)),
                ('run_by', models.CharField(blank=True, default='', max_length=60)),
                ('key', models.CharField(max_length=120, unique=True)),
                ('node', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.node')),
                ('undoes', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='undone_by', to='holdings.batch')),
            ],
        ),
        migrations.CreateModel(
            name='Handover',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=20, unique=True)),
                ('ready', models.BooleanField(default=True)),
                ('note', models.CharField(blank=True, default='', max_length=200)),
                ('made_at', models.DateTimeField()),
                ('made_by', models.CharField(blank=True, default='', max_length=60)),
                ('sent_at', models.DateTimeField(blank=True, null=True)),
                ('sent_by', models.CharField(blank=True, default='', max_length=60)),
                ('received_at', models.DateTimeField(blank=True, null=True)),
                ('received_by', models.CharField(blank=True, default='', max_length=60)),
                ('cancelled_at', models.DateTimeField(blank=True, null=True)),
                ('key', models.CharField(max_length=120, unique=True)),
                ('from_node', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.node')),
                ('to_department', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.department')),
                ('to_node', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.node')),
            ],
        ),
        migrations.CreateModel(
            name='HandoverLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_open', models.BooleanField(default=True)),
                ('outcome', models.CharField(blank=True, default='', max_length=10)),
                ('reason', models.CharField(blank=True, default='', max_length=100)),
                ('handover', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='holdings.handover')),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='holdings.item')),
            ],
        ),
        migrations.CreateModel(
            name='BatchLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('before', models.JSONField()),
                ('after', models.JSONField()),
                ('outcome', models.CharField(blank=True, default='', max_length=10)),
                ('batch', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='holdings.batch')),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='holdings.item')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('batch', 'item'), name='holdings_item_once_in_a_batch'), models.CheckConstraint(condition=models.Q(('outcome__in', ['', 'done', 'skipped', 'refused'])), name='holdings_batch_outcome')],
            },
        ),
        migrations.AddConstraint(
            model_name='handover',
            constraint=models.CheckConstraint(condition=models.Q(('received_at__isnull', True), models.Q(('cancelled_at__isnull', True), ('sent_at__isnull', False)), _connector='OR'), name='holdings_handover_in_order'),
        ),
        migrations.AddConstraint(
            model_name='handover',
            constraint=models.CheckConstraint(condition=models.Q(('received_at__isnull', True), models.Q(('received_by', models.F('sent_by')), _negated=True), _connector='OR'), name='holdings_handover_two_people'),
        ),
        migrations.AddConstraint(
            model_name='handoverline',
            constraint=models.UniqueConstraint(condition=models.Q(('is_open', True)), fields=('item',), name='holdings_one_open_handover'),
        ),
        migrations.AddConstraint(
            model_name='handoverline',
            constraint=models.UniqueConstraint(fields=('handover', 'item'), name='holdings_item_once_on_a_slip'),
        ),
        migrations.AddConstraint(
            model_name='handoverline',
            constraint=models.CheckConstraint(condition=models.Q(('outcome__in', ['', 'received', 'refused'])), name='holdings_handover_outcome'),
        ),
    ]
