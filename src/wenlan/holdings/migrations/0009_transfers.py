"""Transfer slips; what an item was in the books of a former owner."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('catalogue', '0008_held_records'),
        ('holdings', '0008_stocktaking'),
        ('network', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='FormerHolding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('accession_number', models.CharField(max_length=40)),
                ('accessioned_on', models.DateField()),
                ('left_on', models.DateField()),
                ('price_fen', models.PositiveBigIntegerField(blank=True, null=True)),
                ('reason', models.CharField(max_length=200)),
            ],
        ),
        migrations.CreateModel(
            name='Transfer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=20, unique=True)),
                ('voucher', models.CharField(blank=True, default='', max_length=60)),
                ('voucher_sum_fen', models.PositiveBigIntegerField(blank=True, null=True)),
                ('note', models.CharField(blank=True, default='', max_length=200)),
                ('made_at', models.DateTimeField()),
                ('made_by', models.CharField(blank=True, default='', max_length=60)),
                ('sent_at', models.DateTimeField(blank=True, null=True)),
                ('sent_by', models.CharField(blank=True, default='', max_length=60)),
                ('received_at', models.DateTimeField(blank=True, null=True)),
                ('received_by', models.CharField(blank=True, default='', max_length=60)),
                ('cancelled_at', models.DateTimeField(blank=True, null=True)),
                ('key', models.CharField(max_length=120, unique=True)),
            ],
        ),
        migrations.CreateModel(
            name='TransferLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_open', models.BooleanField(default=True)),
                ('outcome', models.CharField(blank=True, default='', max_length=10)),
                ('reason', models.CharField(blank=True, default='', max_length=100)),
                ('old_number', models.CharField(blank=True, default='', max_length=40)),
                ('new_number', models.CharField(blank=True, default='', max_length=40)),
            ],
        ),
        migrations.RemoveConstraint(
            model_name='item',
            name='holdings_known_status',
        ),
        migrations.RemoveConstraint(
            model_name='lockedline',
            name='holdings_line_once_a_month',
        ),
        migrations.AlterField(
            model_name='item',
            name='status',
            field=models.CharField(choices=[('in_processing', 'In processing'), ('in_handover', 'Handed over, not yet signed for'), ('in_transfer', 'On transfer, not yet signed for'), ('available', 'On the shelf'), ('on_loan', 'On loan'), ('in_transit', 'In transit'), ('on_hold_shelf', 'On the hold shelf'), ('searched_for', 'Being searched for'), ('missing', 'Missing'), ('lost', 'Lost'), ('lost_on_the_way', 'Lost between libraries'), ('damaged', 'Damaged'), ('in_repair', 'In repair'), ('at_bindery', 'At the bindery'), ('locked', 'Out of service'), ('set_aside', 'Set aside to be deregistered'), ('withdrawn', 'Withdrawn')], default='available', max_length=16),
        ),
        migrations.AlterField(
            model_name='statechange',
            name='after',
            field=models.CharField(choices=[('in_processing', 'In processing'), ('in_handover', 'Handed over, not yet signed for'), ('in_transfer', 'On transfer, not yet signed for'), ('available', 'On the shelf'), ('on_loan', 'On loan'), ('in_transit', 'In transit'), ('on_hold_shelf', 'On the hold shelf'), ('searched_for', 'Being searched for'), ('missing', 'Missing'), ('lost', 'Lost'), ('lost_on_the_way', 'Lost between libraries'), ('damaged', 'Damaged'), ('in_repair', 'In repair'), ('at_bindery', 'At the bindery'), ('locked', 'Out of service'), ('set_aside', 'Set aside to be deregistered'), ('withdrawn', 'Withdrawn')], max_length=16),
        ),
        migrations.AlterField(
            model_name='statechange',
            name='before',
            field=models.CharField(choices=[('in_processing', 'In processing'), ('in_handover', 'Handed over, not yet signed for'), ('in_transfer', 'On transfer, not yet signed for'), ('available', 'On the shelf'), ('on_loan', 'On loan'), ('in_transit', 'In transit'), ('on_hold_shelf', 'On the hold shelf'), ('searched_for', 'Being searched for'), ('missing', 'Missing'), ('lost', 'Lost'), ('lost_on_the_way', 'Lost between libraries'), ('damaged', 'Damaged'), ('in_repair', 'In repair'), ('at_bindery', 'At the bindery'), ('locked', 'Out of service'), ('set_aside', 'Set aside to be deregistered'), ('withdrawn', 'Withdrawn')], max_length=16),
        ),
        migrations.AlterField(
            model_name='statechange',
            name='transition',
            field=models.CharField(choices=[('finish', 'Processing is finished: put it on the shelf'), ('reprocess', 'Take it back into processing'), ('search', 'Not on the shelf: search for it'), ('miss', 'Record it as missing'), ('find', 'It was found'), ('lose', 'Give it up as lost'), ('lose_on_the_way', 'Record it as lost between libraries'), ('damage', 'Record damage'), ('clear', 'Fit for use after all'), ('repair', 'Send it to repair'), ('bind', 'Send it to the bindery'), ('restore', 'Back from repair or bindery, fit for use'), ('give_up', 'Back from repair or bindery, beyond repair'), ('lock', 'Take it out of service'), ('unlock', 'Bring it back into service'), ('hand_over', 'Handed over'), ('receive', 'Signed for'), ('receive_on', 'Signed for, to be processed on'), ('refuse', 'Refused on handover'), ('transfer', 'Sent on transfer'), ('arrive', 'Transfer signed for'), ('send_back', 'Sent back from transfer'), ('set_aside', 'Weeding approved'), ('keep', 'Kept after all'), ('withdraw', 'Deregistered')], max_length=16),
        ),
        migrations.AddConstraint(
            model_name='item',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['in_processing', 'in_handover', 'in_transfer', 'available', 'on_loan', 'in_transit', 'on_hold_shelf', 'searched_for', 'missing', 'lost', 'lost_on_the_way', 'damaged', 'in_repair', 'at_bindery', 'locked', 'set_aside', 'withdrawn'])), name='holdings_known_status'),
        ),
        migrations.AddConstraint(
            model_name='lockedline',
            constraint=models.UniqueConstraint(fields=('month', 'item', 'direction', 'accession_number'), name='holdings_number_once_a_month'),
        ),
        migrations.AddField(
            model_name='formerholding',
            name='entered_in',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='holdings.bookentry'),
        ),
        migrations.AddField(
            model_name='formerholding',
            name='item',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='holdings.item'),
        ),
        migrations.AddField(
            model_name='formerholding',
            name='left_in',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='holdings.bookentry'),
        ),
        migrations.AddField(
            model_name='formerholding',
            name='owner_node',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.node'),
        ),
        migrations.AddField(
            model_name='transfer',
            name='from_node',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.node'),
        ),
        migrations.AddField(
            model_name='transfer',
            name='new_owner',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.node'),
        ),
        migrations.AddField(
            model_name='transfer',
            name='old_owner',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.node'),
        ),
        migrations.AddField(
            model_name='transfer',
            name='to_department',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.department'),
        ),
        migrations.AddField(
            model_name='transfer',
            name='to_node',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.node'),
        ),
        migrations.AddField(
            model_name='transferline',
            name='item',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='holdings.item'),
        ),
        migrations.AddField(
            model_name='transferline',
            name='transfer',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='holdings.transfer'),
        ),
        migrations.AddConstraint(
            model_name='formerholding',
            constraint=models.UniqueConstraint(fields=('owner_node', 'accession_number'), name='holdings_former_number_once'),
        ),
        migrations.AddConstraint(
            model_name='formerholding',
            constraint=models.CheckConstraint(condition=models.Q(('left_on__gte', models.F('accessioned_on'))), name='holdings_left_after_it_came'),
        ),
        migrations.AddConstraint(
            model_name='transfer',
            constraint=models.CheckConstraint(condition=models.Q(('to_node__isnull', False), ('new_owner__isnull', False), _connector='OR'), name='holdings_transfer_goes_somewhere'),
        ),
        migrations.AddConstraint(
            model_name='transfer',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('new_owner__isnull', True), ('old_owner__isnull', True)), models.Q(('new_owner__isnull', False), ('old_owner__isnull', False), ('voucher_sum_fen__isnull', False), models.Q(('voucher', ''), _negated=True), models.Q(('new_owner', models.F('old_owner')), _negated=True)), _connector='OR'), name='holdings_owner_changes_by_voucher'),
        ),
        migrations.AddConstraint(
            model_name='transfer',
            constraint=models.CheckConstraint(condition=models.Q(('received_at__isnull', True), models.Q(('cancelled_at__isnull', True), ('sent_at__isnull', False)), _connector='OR'), name='holdings_transfer_in_order'),
        ),
        migrations.AddConstraint(
            model_name='transfer',
            constraint=models.CheckConstraint(condition=models.Q(('received_at__isnull', True), models.Q(('received_by', models.F('sent_by')), _negated=True), _connector='OR'), name='holdings_transfer_two_people'),
        ),
        migrations.AddConstraint(
            model_name='transferline',
            constraint=models.UniqueConstraint(condition=models.Q(('is_open', True)), fields=('item',), name='holdings_one_open_transfer'),
        ),
        migrations.AddConstraint(
            model_name='transferline',
            constraint=models.UniqueConstraint(fields=('transfer', 'item'), name='holdings_item_once_on_a_transfer'),
        ),
        migrations.AddConstraint(
            model_name='transferline',
            constraint=models.CheckConstraint(condition=models.Q(('outcome__in', ['', 'received', 'refused'])), name='holdings_transfer_outcome'),
        ),
    ]
