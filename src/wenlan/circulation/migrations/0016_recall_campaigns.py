"""Recall campaigns and the loans that each of them asked back."""

import django.db.models.deletion
import wenlan.kernel.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('circulation', '0015_registered_without_a_line'),
        ('credit', '0004_slips_printed_in_runs'),
        ('network', '0002_special_days_and_seasons'),
    ]

    operations = [
        migrations.CreateModel(
            name='RecallCampaign',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=wenlan.kernel.ids.new_uid, editable=False, unique=True)),
                ('name', models.CharField(max_length=60)),
                ('due_before', models.DateField()),
                ('categories', models.JSONField(default=list)),
                ('price_li', models.PositiveIntegerField(default=0)),
                ('begun_on', models.DateField()),
                ('until', models.DateField()),
                ('made_at', models.DateTimeField()),
                ('made_by', models.CharField(blank=True, max_length=64)),
                ('key', models.CharField(max_length=80, unique=True)),
                ('told_at', models.DateTimeField(blank=True, null=True)),
                ('ended_on', models.DateField(blank=True, null=True)),
                ('ended_by', models.CharField(blank=True, default='', max_length=64)),
                ('settled_at', models.DateTimeField(blank=True, null=True)),
                ('amnesty', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='credit.amnesty')),
                ('node', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.node')),
            ],
        ),
        migrations.CreateModel(
            name='CampaignLoan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reader', models.PositiveIntegerField()),
                ('asked_on', models.DateField()),
                ('back_on', models.DateField(blank=True, null=True)),
                ('loan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='circulation.loan')),
                ('node', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.node')),
                ('campaign', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='loans', to='circulation.recallcampaign')),
            ],
        ),
        migrations.AddIndex(
            model_name='recallcampaign',
            index=models.Index(condition=models.Q(('settled_at', None)), fields=['id'], name='circulation_campaign_at_work'),
        ),
        migrations.AddConstraint(
            model_name='recallcampaign',
            constraint=models.CheckConstraint(condition=models.Q(('until__gte', models.F('begun_on'))), name='circulation_campaign_in_order'),
        ),
        migrations.AddIndex(
            model_name='campaignloan',
            index=models.Index(condition=models.Q(('back_on', None)), fields=['campaign', 'id'], name='circulation_not_yet_back'),
        ),
        migrations.AddConstraint(
            model_name='campaignloan',
            constraint=models.UniqueConstraint(fields=('campaign', 'loan'), name='circulation_asked_back_once'),
        ),
    ]
