"""Readers who serve as volunteers, and which entries of the book are theirs."""

import django.db.models.deletion
import wenlan.kernel.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('network', '0003_capped_admission'),
        ('patrons', '0006_units_and_classes'),
    ]

    operations = [
        migrations.CreateModel(
            name='Volunteer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=wenlan.kernel.ids.new_uid, editable=False, unique=True)),
                ('standing', models.CharField(choices=[('asked', 'Asks to join'), ('serving', 'Serves'), ('declined', 'Not taken'), ('left', 'Has left')], default='asked', max_length=10)),
                ('jobs', models.JSONField(default=list)),
                ('free_time', models.CharField(blank=True, default='', max_length=200)),
                ('national_number', models.CharField(blank=True, default='', max_length=40)),
                ('guardian_agreed', models.BooleanField(default=False)),
                ('asked_on', models.DateField()),
                ('joined_on', models.DateField(blank=True, null=True)),
                ('ended_on', models.DateField(blank=True, null=True)),
                ('why_left', models.CharField(blank=True, choices=[('wish', 'at their own wish'), ('library', 'by the library'), ('account', "the reader's account was closed"), ('merged', 'two accounts became one')], default='', max_length=10)),
                ('reason', models.CharField(blank=True, default='', max_length=200)),
                ('key', models.CharField(max_length=80, unique=True)),
                ('node', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.node')),
                ('patron', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='patrons.patron')),
            ],
        ),
        migrations.CreateModel(
            name='Service',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('entry', models.UUIDField(unique=True)),
                ('day', models.DateField()),
                ('key', models.CharField(max_length=120, unique=True)),
                ('volunteer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='services', to='volunteers.volunteer')),
            ],
        ),
        migrations.AddIndex(
            model_name='volunteer',
            index=models.Index(fields=['node', 'standing', 'id'], name='volunteers_by_node'),
        ),
        migrations.AddConstraint(
            model_name='volunteer',
            constraint=models.UniqueConstraint(condition=models.Q(('standing__in', ('asked', 'serving'))), fields=('patron',), name='volunteers_one_open_registration'),
        ),
        migrations.AddConstraint(
            model_name='volunteer',
            constraint=models.CheckConstraint(condition=models.Q(('joined_on__isnull', True), ('ended_on__isnull', True), ('ended_on__gte', models.F('joined_on')), _connector='OR'), name='volunteers_span'),
        ),
        migrations.AddConstraint(
            model_name='volunteer',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('standing', 'serving'), _negated=True), models.Q(('ended_on__isnull', True), ('joined_on__isnull', False)), _connector='OR'), name='volunteers_who_serves_joined'),
        ),
        migrations.AddIndex(
            model_name='service',
            index=models.Index(fields=['volunteer', '-day', '-id'], name='volunteers_service_by_day'),
        ),
    ]
