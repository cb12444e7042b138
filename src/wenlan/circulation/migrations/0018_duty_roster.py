"""The duty roster: posts, who stands in which shift, and wishes to swap."""

import django.db.models.deletion
import wenlan.kernel.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('circulation', '0017_orders_of_readers'),
        ('network', '0003_capped_admission'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Post',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('words', models.JSONField()),
                ('people', models.PositiveSmallIntegerField(default=1)),
                ('has_till', models.BooleanField(default=False)),
                ('from_day', models.DateField()),
                ('until_day', models.DateField(blank=True, null=True)),
                ('key', models.CharField(max_length=80, unique=True)),
                ('node', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.node')),
            ],
        ),
        migrations.CreateModel(
            name='Duty',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=wenlan.kernel.ids.new_uid, editable=False, unique=True)),
                ('day', models.DateField()),
                ('starts', models.TimeField()),
                ('ends', models.TimeField()),
                ('absent_for', models.CharField(blank=True, default='', max_length=100)),
                ('off_at', models.DateTimeField(blank=True, null=True)),
                ('key', models.CharField(max_length=120, unique=True)),
                ('covers', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='circulation.duty')),
                ('staff', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('post', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='circulation.post')),
            ],
        ),
        migrations.CreateModel(
            name='DutySwap',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('asked', 'Asked'), ('agreed', 'Agreed'), ('declined', 'Declined')], default='asked', max_length=10)),
                ('asked_at', models.DateTimeField()),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('key', models.CharField(max_length=80, unique=True)),
                ('mine', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='circulation.duty')),
                ('theirs', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='circulation.duty')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('mine', models.F('theirs')), _negated=True), name='circulation_swap_of_two'), models.UniqueConstraint(condition=models.Q(('state', 'asked')), fields=('mine', 'theirs'), name='circulation_one_open_swap')],
            },
        ),
        migrations.AddConstraint(
            model_name='post',
            constraint=models.CheckConstraint(condition=models.Q(('until_day', None), ('until_day__gte', models.F('from_day')), _connector='OR'), name='circulation_post_span'),
        ),
        migrations.AddConstraint(
            model_name='post',
            constraint=models.CheckConstraint(condition=models.Q(('people__gte', 1), ('people__lte', 20)), name='circulation_post_is_kept'),
        ),
        migrations.AddIndex(
            model_name='duty',
            index=models.Index(fields=['post', 'day'], name='circulation_duty_by_post'),
        ),
        migrations.AddIndex(
            model_name='duty',
            index=models.Index(fields=['staff', 'day'], name='circulation_duty_by_person'),
        ),
        migrations.AddConstraint(
            model_name='duty',
            constraint=models.UniqueConstraint(condition=models.Q(('absent_for', ''), ('off_at__isnull', True)), fields=('staff', 'day', 'starts'), name='circulation_one_duty_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='duty',
            constraint=models.CheckConstraint(condition=models.Q(('ends__gt', models.F('starts'))), name='circulation_duty_in_order'),
        ),
    ]
