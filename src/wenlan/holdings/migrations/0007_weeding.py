"""Lists of volumes to be weeded."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('holdings', '0006_registers'),
        ('network', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='WeedingList',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=20, unique=True)),
                ('subject', models.CharField(blank=True, default='', max_length=200)),
                ('proposed_on', models.DateField()),
                ('proposed_by', models.CharField(blank=True, default='', max_length=60)),
                ('reviewed_on', models.DateField(blank=True, null=True)),
                ('reviewed_by', models.CharField(blank=True, default='', max_length=60)),
                ('opinion', models.CharField(blank=True, default='', max_length=500)),
                ('decided_on', models.DateField(blank=True, null=True)),
                ('decided_by', models.CharField(blank=True, default='', max_length=60)),
                ('approved', models.BooleanField(blank=True, null=True)),
                ('paper', models.CharField(blank=True, default='', max_length=60)),
                ('disposed_on', models.DateField(blank=True, null=True)),
                ('disposed_by', models.CharField(blank=True, default='', max_length=60)),
                ('way', models.CharField(blank=True, choices=[('allot', 'Allotted free of charge'), ('donate', 'Donated'), ('exchange_out', 'Exchanged for others'), ('sell', 'Sold'), ('scrap', 'Reported as loss or scrapped')], default='', max_length=20)),
                ('recipient', models.CharField(blank=True, default='', max_length=100)),
                ('key', models.CharField(max_length=120, unique=True)),
                ('owner_node', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.node')),
            ],
        ),
        migrations.CreateModel(
            name='WeedingLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(choices=[('worn', 'Worn or damaged'), ('outdated', 'Out of date'), ('surplus', 'Too many copies'), ('unused', 'Not used for long'), ('lost', 'Lost'), ('paid', 'Lost and replaced by a reader'), ('mistaken', 'Registered by mistake')], max_length=12)),
                ('note', models.CharField(blank=True, default='', max_length=200)),
                ('kept', models.BooleanField(default=False)),
                ('is_open', models.BooleanField(default=True)),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='holdings.item')),
                ('weeding', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='holdings.weedinglist')),
            ],
        ),
        migrations.AddConstraint(
            model_name='weedinglist',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_on__isnull', True), ('reviewed_on__isnull', False), _connector='OR'), models.Q(('disposed_on__isnull', True), models.Q(('approved', True), ('approved__isnull', False)), _connector='OR')), name='holdings_weeding_in_order'),
        ),
        migrations.AddConstraint(
            model_name='weedinglist',
            constraint=models.CheckConstraint(condition=models.Q(('decided_on__isnull', True), models.Q(('decided_by', models.F('proposed_by')), _negated=True), _connector='OR'), name='holdings_weeding_four_eyes'),
        ),
        migrations.AddConstraint(
            model_name='weedinglist',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('approved', True), _negated=True), models.Q(('paper', ''), _negated=True), _connector='OR'), name='holdings_approval_has_a_paper'),
        ),
        migrations.AddConstraint(
            model_name='weedingline',
            constraint=models.UniqueConstraint(condition=models.Q(('is_open', True)), fields=('item',), name='holdings_one_open_weeding'),
        ),
        migrations.AddConstraint(
            model_name='weedingline',
            constraint=models.UniqueConstraint(fields=('weeding', 'item'), name='holdings_item_once_on_a_list'),
        ),
    ]
