"""Deposit schemes that end, who was told of a deposit, steps of dunning, what a shift leaves in the drawer."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('credit', '0001_points_and_money'),
        ('network', '0001_initial'),
        ('patrons', '0004_credit_and_sums'),
    ]

    operations = [
        migrations.AddField(
            model_name='shift',
            name='left_fen',
            field=models.PositiveBigIntegerField(blank=True, null=True),
        ),
        migrations.CreateModel(
            name='DepositClosing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120)),
                ('basis', models.CharField(max_length=200)),
                ('from_day', models.DateField()),
                ('readers', models.PositiveIntegerField()),
                ('deposits_fen', models.PositiveBigIntegerField()),
                ('asked_at', models.DateTimeField()),
                ('asked_by', models.CharField(max_length=60)),
                ('approved_at', models.DateTimeField(blank=True, null=True)),
                ('approved_by', models.CharField(blank=True, default='', max_length=60)),
                ('key', models.CharField(max_length=120, unique=True)),
                ('node', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.node')),
            ],
        ),
        migrations.CreateModel(
            name='DepositNotice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('operator', models.CharField(blank=True, default='', max_length=60)),
                ('how', models.CharField(choices=[('notice', 'Notice'), ('call', 'Telephone call'), ('slip', 'Printed slip'), ('letter', 'Letter')], max_length=12)),
                ('note', models.CharField(blank=True, default='', max_length=200)),
                ('key', models.CharField(max_length=120, unique=True)),
                ('closing', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='credit.depositclosing')),
                ('patron', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='patrons.patron')),
            ],
        ),
        migrations.CreateModel(
            name='Reminded',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.CharField(max_length=120)),
                ('days', models.SmallIntegerField()),
                ('how', models.CharField(choices=[('notice', 'Notice'), ('call', 'Telephone call'), ('slip', 'Printed slip'), ('letter', 'Letter')], max_length=12)),
                ('at', models.DateTimeField()),
                ('day', models.DateField()),
                ('operator', models.CharField(blank=True, default='', max_length=60)),
                ('note', models.CharField(blank=True, default='', max_length=200)),
                ('node', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.node')),
                ('patron', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='patrons.patron')),
            ],
        ),
        migrations.AddConstraint(
            model_name='depositclosing',
            constraint=models.CheckConstraint(condition=models.Q(('asked_by', models.F('approved_by')), _negated=True), name='credit_closing_two_people'),
        ),
        migrations.AddIndex(
            model_name='depositnotice',
            index=models.Index(fields=['patron', '-id'], name='credit_told_of_deposit'),
        ),
        migrations.AddConstraint(
            model_name='reminded',
            constraint=models.UniqueConstraint(fields=('source', 'days', 'how'), name='credit_a_step_is_taken_once'),
        ),
    ]
