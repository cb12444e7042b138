"""States of items with their history; repair and binding."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('holdings', '0002_facts'),
        ('network', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='StateChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('operator', models.CharField(blank=True, default='', max_length=60)),
                ('before', models.CharField(choices=[('in_processing', 'In processing'), ('in_handover', 'Handed over, not yet signed for'), ('available', 'On the shelf'), ('on_loan', 'On loan'), ('in_transit', 'In transit'), ('on_hold_shelf', 'On the hold shelf'), ('searched_for', 'Being searched for'), ('missing', 'Missing'), ('lost', 'Lost'), ('lost_on_the_way', 'Lost between libraries'), ('damaged', 'Damaged'), ('in_repair', 'In repair'), ('at_bindery', 'At the bindery'), ('locked', 'Out of service'), ('set_aside', 'Set aside to be deregistered'), ('withdrawn', 'Withdrawn')], max_length=16)),
                ('after', models.CharField(choices=[('in_processing', 'In processing'), ('in_handover', 'Handed over, not yet signed for'), ('available', 'On the shelf'), ('on_loan', 'On loan'), ('in_transit', 'In transit'), ('on_hold_shelf', 'On the hold shelf'), ('searched_for', 'Being searched for'), ('missing', 'Missing'), ('lost', 'Lost'), ('lost_on_the_way', 'Lost between libraries'), ('damaged', 'Damaged'), ('in_repair', 'In repair'), ('at_bindery', 'At the bindery'), ('locked', 'Out of service'), ('set_aside', 'Set aside to be deregistered'), ('withdrawn', 'Withdrawn')], max_length=16)),
                ('transition', models.CharField(choices=[('finish', 'Processing is finished: put it on the shelf'), ('reprocess', 'Take it back into processing'), ('search', 'Not on the shelf: search for it'), ('miss', 'Record it as missing'), ('find', 'It was found'), ('lose', 'Give it up as lost'), ('lose_on_the_way', 'Record it as lost between libraries'), ('damage', 'Record damage'), ('clear', 'Fit for use after all'), ('repair', 'Send it to repair'), ('bind', 'Send it to the bindery'), ('restore', 'Back from repair or bindery, fit for use'), ('give_up', 'Back from repair or bindery, beyond repair'), ('lock', 'Take it out of service'), ('unlock', 'Bring it back into service'), ('hand_over', 'Handed over'), ('receive', 'Signed for'), ('refuse', 'Refused on handover'), ('set_aside', 'Weeding approved'), ('keep', 'Kept after all'), ('withdraw', 'Deregistered')], max_length=16)),
                ('reason', models.CharField(blank=True, default='', max_length=200)),
                ('key', models.CharField(max_length=120)),
            ],
        ),
        migrations.CreateModel(
            name='Treatment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('repair', 'Repair'), ('binding', 'Binding')], max_length=12)),
                ('sent_on', models.DateField()),
                ('sent_to', models.CharField(blank=True, default='', max_length=100)),
                ('work', models.CharField(max_length=200)),
                ('expected_on', models.DateField(blank=True, null=True)),
                ('returned_on', models.DateField(blank=True, null=True)),
                ('outcome', models.CharField(blank=True, choices=[('done', 'Done'), ('beyond_repair', 'Beyond repair')], default='', max_length=16)),
                ('cost_fen', models.PositiveBigIntegerField(blank=True, null=True)),
                ('note', models.CharField(blank=True, default='', max_length=200)),
                ('key', models.CharField(max_length=120, unique=True)),
            ],
        ),
        migrations.AlterField(
            model_name='item',
            name='status',
            field=models.CharField(choices=[('in_processing', 'In processing'), ('in_handover', 'Handed over, not yet signed for'), ('available', 'On the shelf'), ('on_loan', 'On loan'), ('in_transit', 'In transit'), ('on_hold_shelf', 'On the hold shelf'), ('searched_for', 'Being searched for'), ('missing', 'Missing'), ('lost', 'Lost'), ('lost_on_the_way', 'Lost between libraries'), ('damaged', 'Damaged'), ('in_repair', 'In repair'), ('at_bindery', 'At the bindery'), ('locked', 'Out of service'), ('set_aside', 'Set aside to be deregistered'), ('withdrawn', 'Withdrawn')], default='available', max_length=16),
        ),
        migrations.AddConstraint(
            model_name='item',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['in_processing', 'in_handover', 'available', 'on_loan', 'in_transit', 'on_hold_shelf', 'searched_for', 'missing', 'lost', 'lost_on_the_way', 'damaged', 'in_repair', 'at_bindery', 'locked', 'set_aside', 'withdrawn'])), name='holdings_known_status'),
        ),
        migrations.AddField(
            model_name='statechange',
            name='item',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='holdings.item'),
        ),
        migrations.AddField(
            model_name='statechange',
            name='node',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.node'),
        ),
        migrations.AddField(
            model_name='treatment',
            name='item',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='holdings.item'),
        ),
        migrations.AddConstraint(
            model_name='statechange',
            constraint=models.UniqueConstraint(fields=('item', 'key'), name='holdings_one_change_per_key'),
        ),
        migrations.AddConstraint(
            model_name='statechange',
            constraint=models.CheckConstraint(condition=models.Q(('before', models.F('after')), _negated=True), name='holdings_change_changes'),
        ),
        migrations.AddConstraint(
            model_name='treatment',
            constraint=models.UniqueConstraint(condition=models.Q(('returned_on__isnull', True)), fields=('item',), name='holdings_one_open_treatment'),
        ),
        migrations.AddConstraint(
            model_name='treatment',
            constraint=models.CheckConstraint(condition=models.Q(('returned_on__isnull', True), models.Q(('outcome', ''), _negated=True), _connector='XOR'), name='holdings_treatment_ends_somehow'),
        ),
    ]
