"""Bookshops, campaigns of books that readers choose there, what was chosen and refused, statements of months."""

import django.db.models.deletion
import wenlan.kernel.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('acquisitions', '0004_batches_arrive_in_parts'),
        ('holdings', '0018_lent_before_catalogued'),
        ('network', '0003_capped_admission'),
    ]

    operations = [
        migrations.CreateModel(
            name='Bookshop',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=12, unique=True)),
                ('name', models.CharField(max_length=100)),
                ('address', models.CharField(blank=True, default='', max_length=200)),
                ('is_active', models.BooleanField(default=True)),
                ('node', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.node')),
                ('series', models.ManyToManyField(related_name='+', to='holdings.barcodeseries')),
                ('supplier', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='acquisitions.supplier')),
            ],
        ),
        migrations.CreateModel(
            name='ChoiceCampaign',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80)),
                ('from_day', models.DateField()),
                ('until_day', models.DateField()),
                ('budget_fen', models.PositiveBigIntegerField()),
                ('spent_fen', models.PositiveBigIntegerField(default=0)),
                ('copies_limit', models.PositiveSmallIntegerField(default=1)),
                ('price_limit_fen', models.PositiveIntegerField(blank=True, null=True)),
                ('month_books', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('month_fen', models.PositiveIntegerField(blank=True, null=True)),
                ('categories', models.JSONField(blank=True, default=list)),
                ('credit_floor', models.IntegerField(blank=True, null=True)),
                ('registered_before', models.DateField(blank=True, null=True)),
                ('excluded_classes', models.JSONField(blank=True, default=list)),
                ('excluded_words', models.JSONField(blank=True, default=list)),
                ('earliest_year', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('ended_on', models.DateField(blank=True, null=True)),
                ('made_at', models.DateTimeField()),
                ('made_by', models.CharField(blank=True, max_length=64)),
                ('key', models.CharField(max_length=80, unique=True)),
                ('node', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.node')),
                ('processed_at', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.node')),
                ('shops', models.ManyToManyField(related_name='campaigns', to='acquisitions.bookshop')),
            ],
        ),
        migrations.CreateModel(
            name='ChoiceRefusal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('day', models.DateField()),
                ('by', models.CharField(blank=True, max_length=64)),
                ('isbn', models.CharField(blank=True, max_length=40)),
                ('title', models.CharField(blank=True, max_length=500)),
                ('reasons', models.JSONField()),
                ('key', models.CharField(max_length=120, unique=True)),
                ('campaign', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='acquisitions.choicecampaign')),
                ('shop', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='acquisitions.bookshop')),
            ],
        ),
        migrations.CreateModel(
            name='ShopSettlement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=24, unique=True)),
                ('month', models.DateField()),
                ('state', models.CharField(choices=[('made', 'Waits for approval'), ('approved', 'To be paid'), ('paid', 'Paid'), ('sent_back', 'Sent back')], max_length=10)),
                ('volumes', models.PositiveIntegerField()),
                ('list_price_fen', models.PositiveBigIntegerField()),
                ('paid_fen', models.PositiveBigIntegerField()),
                ('made_at', models.DateTimeField()),
                ('made_on', models.DateField()),
                ('made_by', models.CharField(blank=True, max_length=64)),
                ('approved_on', models.DateField(blank=True, null=True)),
                ('approved_by', models.CharField(blank=True, default='', max_length=64)),
                ('paid_on', models.DateField(blank=True, null=True)),
                ('voucher', models.CharField(blank=True, default='', max_length=60)),
                ('reason', models.CharField(blank=True, default='', max_length=200)),
                ('key', models.CharField(max_length=80, unique=True)),
                ('shop', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='acquisitions.bookshop')),
            ],
        ),
        migrations.CreateModel(
            name='Choice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=wenlan.kernel.ids.new_uid, editable=False, unique=True)),
                ('number', models.CharField(max_length=16, unique=True)),
                ('day', models.DateField()),
                ('at', models.DateTimeField()),
                ('by', models.CharField(blank=True, max_length=64)),
                ('person_token', models.BigIntegerField(blank=True, null=True)),
                ('isbn', models.CharField(max_length=13)),
                ('title', models.CharField(max_length=500)),
                ('author', models.CharField(blank=True, max_length=300)),
                ('publisher', models.CharField(blank=True, max_length=300)),
                ('list_price_fen', models.PositiveIntegerField()),
                ('paid_fen', models.PositiveIntegerField()),
                ('is_brief', models.BooleanField()),
                ('loan_uid', models.UUIDField(unique=True)),
                ('due_on', models.DateField()),
                ('state', models.CharField(choices=[('lent', 'Bought and lent'), ('cancelled', 'Given back to the shop')], max_length=10)),
                ('cancelled_on', models.DateField(blank=True, null=True)),
                ('cancelled_by', models.CharField(blank=True, default='', max_length=64)),
                ('reason', models.CharField(blank=True, default='', max_length=200)),
                ('key', models.CharField(max_length=80, unique=True)),
                ('item', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='holdings.item')),
                ('shop', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='acquisitions.bookshop')),
                ('campaign', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='choices', to='acquisitions.choicecampaign')),
                ('settlement', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='choices', to='acquisitions.shopsettlement')),
            ],
        ),
        migrations.AddConstraint(
            model_name='choicecampaign',
            constraint=models.CheckConstraint(condition=models.Q(('until_day__gte', models.F('from_day'))), name='acquisitions_campaign_in_order'),
        ),
        migrations.AddConstraint(
            model_name='choicecampaign',
            constraint=models.CheckConstraint(condition=models.Q(('spent_fen__lte', models.F('budget_fen'))), name='acquisitions_budget_holds'),
        ),
        migrations.AddIndex(
            model_name='choicerefusal',
            index=models.Index(fields=['shop', 'day'], name='acquisitions_refusal_by_day'),
        ),
        migrations.AddConstraint(
            model_name='shopsettlement',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'sent_back'), _negated=True), fields=('shop', 'month'), name='acquisitions_one_statement_a_month'),
        ),
        migrations.AddConstraint(
            model_name='shopsettlement',
            constraint=models.CheckConstraint(condition=models.Q(('paid_on', None), ('approved_on__isnull', False), _connector='OR'), name='acquisitions_paid_after_approval'),
        ),
        migrations.AddIndex(
            model_name='choice',
            index=models.Index(fields=['person_token', 'day'], name='acquisitions_choice_by_reader'),
        ),
        migrations.AddIndex(
            model_name='choice',
            index=models.Index(fields=['isbn'], name='acquisitions_choice_by_isbn'),
        ),
        migrations.AddIndex(
            model_name='choice',
            index=models.Index(fields=['shop', 'day'], name='acquisitions_choice_by_day'),
        ),
        migrations.AddConstraint(
            model_name='choice',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'cancelled'), ('cancelled_on__isnull', True), _connector='XOR'), name='acquisitions_cancelled_has_a_day'),
        ),
        migrations.AddConstraint(
            model_name='choice',
            constraint=models.CheckConstraint(condition=models.Q(('settlement', None), ('state', 'lent'), _connector='OR'), name='acquisitions_cancelled_is_not_billed'),
        ),
    ]
