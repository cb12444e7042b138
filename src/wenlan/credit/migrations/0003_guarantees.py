"""An outside credit may stand for a reader's deposit."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('credit', '0002_deposits_given_back_and_reminders'),
        ('patrons', '0004_credit_and_sums'),
    ]

    operations = [
        migrations.CreateModel(
            name='Guarantee',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('provider', models.CharField(max_length=20)),
                ('own_order', models.CharField(max_length=40, unique=True)),
                ('order', models.CharField(blank=True, default='', max_length=64)),
                ('state', models.CharField(choices=[('asked', 'The reader has not consented yet'), ('refused', 'The credit does not suffice'), ('in_force', 'Stands for the deposit'), ('reported', 'A harm was reported and is not paid'), ('repaid', 'The harm was paid'), ('ended', 'Ended'), ('cancelled', 'Given up')], default='asked', max_length=12)),
                ('amount_fen', models.PositiveBigIntegerField()),
                ('harm_fen', models.PositiveBigIntegerField(default=0)),
                ('asked_at', models.DateTimeField()),
                ('consented_at', models.DateTimeField(blank=True, null=True)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('expires_on', models.DateField()),
                ('patron', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='patrons.patron')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('state__in', ['asked', 'in_force', 'reported'])), fields=('patron',), name='credit_one_guarantee_in_force'), models.CheckConstraint(condition=models.Q(('harm_fen__lte', models.F('amount_fen'))), name='credit_harm_within_guarantee')],
            },
        ),
    ]
