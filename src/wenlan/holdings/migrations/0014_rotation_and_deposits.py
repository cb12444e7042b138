"""Why stock moves: rotation, distribution, deposits at points that are due back; boxes; who signed on paper."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('holdings', '0013_schemes_by_class'),
        ('network', '0001_initial'),
        ('patrons', '0005_readers_from_application_to_merging'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='transfer',
            name='holdings_transfer_two_people',
        ),
        migrations.RemoveConstraint(
            model_name='transferline',
            name='holdings_transfer_outcome',
        ),
        migrations.AddField(
            model_name='transfer',
            name='due_on',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='transfer',
            name='holder',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='patrons.patron'),
        ),
        migrations.AddField(
            model_name='transfer',
            name='host_signer',
            field=models.CharField(blank=True, db_default='', default='', max_length=60),
        ),
        migrations.AddField(
            model_name='transfer',
            name='purpose',
            field=models.CharField(choices=[('transfer', 'Transfer for good'), ('rotation', 'Rotation of stock'), ('distribution', 'Distribution to a branch'), ('deposit', 'Bulk deposit at a point')], db_default='transfer', default='transfer', max_length=12),
        ),
        migrations.AddField(
            model_name='transferline',
            name='back_as',
            field=models.CharField(blank=True, choices=[('', 'At the point'), ('returned', 'Came back'), ('missing', 'Missing on return')], db_default='', default='', max_length=10),
        ),
        migrations.AddField(
            model_name='transferline',
            name='back_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='transferline',
            name='box',
            field=models.CharField(blank=True, db_default='', default='', max_length=10),
        ),
        migrations.AddField(
            model_name='transferline',
            name='from_department',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.department'),
        ),
        migrations.AddField(
            model_name='transferline',
            name='is_out',
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddConstraint(
            model_name='transfer',
            constraint=models.CheckConstraint(condition=models.Q(('received_at__isnull', True), models.Q(('received_by', models.F('sent_by')), _negated=True), models.Q(('host_signer', ''), _negated=True), _connector='OR'), name='holdings_transfer_two_people'),
        ),
        migrations.AddConstraint(
            model_name='transfer',
            constraint=models.CheckConstraint(condition=models.Q(('purpose', 'transfer'), models.Q(('new_owner__isnull', True), ('to_node__isnull', False)), _connector='OR'), name='holdings_only_transfers_pass_property'),
        ),
        migrations.AddConstraint(
            model_name='transfer',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('due_on__isnull', False), ('purpose', 'deposit')), models.Q(models.Q(('purpose', 'deposit'), _negated=True), ('due_on__isnull', True), ('holder__isnull', True)), _connector='OR'), name='holdings_deposit_is_due_back'),
        ),
        migrations.AddConstraint(
            model_name='transferline',
            constraint=models.CheckConstraint(condition=models.Q(('outcome__in', ['', 'received', 'refused', 'missing'])), name='holdings_transfer_outcome'),
        ),
        migrations.AddConstraint(
            model_name='transferline',
            constraint=models.UniqueConstraint(condition=models.Q(('is_out', True)), fields=('item',), name='holdings_one_deposit'),
        ),
        migrations.AddConstraint(
            model_name='transferline',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('back_as', ''), ('back_at__isnull', True)), models.Q(('is_out', True), _negated=True), _connector='OR'), name='holdings_deposit_ends_once'),
        ),
    ]
