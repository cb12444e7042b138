"""Counts of the stock, their scans and differences."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('holdings', '0007_weeding'),
        ('network', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='StockCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=100)),
                ('class_start', models.CharField(blank=True, default='', max_length=40)),
                ('opened_at', models.DateTimeField()),
                ('opened_on', models.DateField()),
                ('opened_by', models.CharField(blank=True, default='', max_length=60)),
                ('compared_at', models.DateTimeField(blank=True, null=True)),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('closed_by', models.CharField(blank=True, default='', max_length=60)),
                ('statement', models.JSONField(blank=True, null=True)),
                ('key', models.CharField(max_length=120, unique=True)),
                ('department', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.department')),
                ('node', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.node')),
            ],
        ),
        migrations.CreateModel(
            name='CountScan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('barcode', models.CharField(max_length=60)),
                ('barcode_key', models.CharField(max_length=60)),
                ('at', models.DateTimeField()),
                ('operator', models.CharField(blank=True, default='', max_length=60)),
                ('item', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='holdings.item')),
                ('count', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='scans', to='holdings.stockcount')),
            ],
        ),
        migrations.CreateModel(
            name='CountFinding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('missing', 'Missing: should stand here, was not scanned'), ('misplaced', 'Misplaced: belongs to another place'), ('on_loan', 'On loan, yet on the shelf'), ('turned_up', 'Turned up: was recorded as missing or lost'), ('withdrawn', 'Deregistered, yet on the shelf'), ('other_state', 'Recorded in another state'), ('unknown', 'No item has this barcode')], max_length=12)),
                ('barcode', models.CharField(blank=True, default='', max_length=60)),
                ('resolution', models.CharField(blank=True, choices=[('miss', 'Record it as missing'), ('search', 'Search for it'), ('there', 'It is there after all (second pass)'), ('home', 'Send it to its place'), ('stays', 'It stays here from now on'), ('return', 'Take it back at the lending desk'), ('found', 'It was found: put it back on the shelf'), ('catalogue', 'Hand it to cataloguing'), ('aside', 'Put it aside'), ('noted', 'Looked at; the record is right')], default='', max_length=12)),
                ('resolved_at', models.DateTimeField(blank=True, null=True)),
                ('resolved_by', models.CharField(blank=True, default='', max_length=60)),
                ('item', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='holdings.item')),
                ('count', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='findings', to='holdings.stockcount')),
            ],
        ),
        migrations.AddConstraint(
            model_name='stockcount',
            constraint=models.CheckConstraint(condition=models.Q(('closed_at__isnull', True), models.Q(('compared_at__isnull', False), ('statement__isnull', False)), _connector='OR'), name='holdings_count_closes_with_statement'),
        ),
        migrations.AddConstraint(
            model_name='countscan',
            constraint=models.UniqueConstraint(fields=('count', 'barcode_key'), name='holdings_scanned_once'),
        ),
        migrations.AddConstraint(
            model_name='countfinding',
            constraint=models.UniqueConstraint(condition=models.Q(('item__isnull', False)), fields=('count', 'item'), name='holdings_one_finding_per_item'),
        ),
        migrations.AddConstraint(
            model_name='countfinding',
            constraint=models.UniqueConstraint(condition=models.Q(('item__isnull', True)), fields=('count', 'barcode'), name='holdings_one_finding_per_barcode'),
        ),
        migrations.AddConstraint(
            model_name='countfinding',
            constraint=models.CheckConstraint(condition=models.Q(('resolved_at__isnull', True), models.Q(('resolution', ''), _negated=True), _connector='XOR'), name='holdings_finding_resolved_somehow'),
        ),
    ]
