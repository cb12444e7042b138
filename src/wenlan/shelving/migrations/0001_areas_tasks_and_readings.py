"""Areas of shelves, the tasks of a day, and what readings of the shelves found."""

import django.db.models.deletion
import wenlan.kernel.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('holdings', '0018_lent_before_catalogued'),
        ('network', '0003_capped_admission'),
        ('volunteers', '0001_readers_who_serve'),
    ]

    operations = [
        migrations.CreateModel(
            name='Area',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('words', models.JSONField()),
                ('first', models.CharField(blank=True, default='', max_length=60)),
                ('last', models.CharField(blank=True, default='', max_length=60)),
                ('first_key', models.CharField(blank=True, default='', max_length=240)),
                ('last_key', models.CharField(blank=True, default='', max_length=240)),
                ('from_day', models.DateField()),
                ('until_day', models.DateField(blank=True, null=True)),
                ('key', models.CharField(max_length=80, unique=True)),
                ('department', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.department')),
                ('node', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.node')),
            ],
        ),
        migrations.CreateModel(
            name='Reading',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField()),
                ('at', models.DateTimeField()),
                ('by', models.CharField(blank=True, default='', max_length=64)),
                ('volumes', models.PositiveIntegerField()),
                ('key', models.CharField(max_length=80, unique=True)),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='shelving.area')),
            ],
        ),
        migrations.CreateModel(
            name='Finding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('wrong_place', 'Out of order'), ('other_area', 'Belongs to another place'), ('other_state', 'Should not stand on a shelf'), ('unknown', 'No item has this barcode'), ('missing', 'Should stand here, was not read')], max_length=12)),
                ('barcode', models.CharField(max_length=60)),
                ('position', models.PositiveIntegerField(blank=True, null=True)),
                ('after', models.CharField(blank=True, default='', max_length=60)),
                ('settled_at', models.DateTimeField(blank=True, null=True)),
                ('settled_by', models.CharField(blank=True, default='', max_length=64)),
                ('settled_as', models.CharField(blank=True, default='', max_length=10)),
                ('item', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='holdings.item')),
                ('reading', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='findings', to='shelving.reading')),
            ],
        ),
        migrations.CreateModel(
            name='Task',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=wenlan.kernel.ids.new_uid, editable=False, unique=True)),
                ('kind', models.CharField(choices=[('returned', 'Put back what was returned'), ('reading', 'Read the shelves'), ('newspapers', 'Sort newspapers'), ('repair', 'Mend what is worn'), ('other', 'Other work at the shelves')], max_length=12)),
                ('day', models.DateField()),
                ('waiting', models.PositiveIntegerField(blank=True, null=True)),
                ('counted_at', models.DateTimeField()),
                ('note', models.CharField(blank=True, default='', max_length=200)),
                ('state', models.CharField(choices=[('open', 'Waits'), ('taken', 'Taken'), ('done', 'Done'), ('dropped', 'Dropped')], default='open', max_length=8)),
                ('taken_by', models.CharField(blank=True, default='', max_length=64)),
                ('taken_at', models.DateTimeField(blank=True, null=True)),
                ('done_at', models.DateTimeField(blank=True, null=True)),
                ('done_by', models.CharField(blank=True, default='', max_length=64)),
                ('volumes', models.PositiveIntegerField(blank=True, null=True)),
                ('minutes', models.PositiveIntegerField(blank=True, null=True)),
                ('key', models.CharField(max_length=120, unique=True)),
                ('area', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='shelving.area')),
                ('node', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.node')),
                ('volunteers', models.ManyToManyField(blank=True, related_name='+', to='volunteers.volunteer')),
            ],
        ),
        migrations.AddIndex(
            model_name='area',
            index=models.Index(fields=['node', 'first_key'], name='shelving_area_by_node'),
        ),
        migrations.AddConstraint(
            model_name='area',
            constraint=models.CheckConstraint(condition=models.Q(('until_day', None), ('until_day__gte', models.F('from_day')), _connector='OR'), name='shelving_area_span'),
        ),
        migrations.AddIndex(
            model_name='reading',
            index=models.Index(fields=['area', '-id'], name='shelving_reading_by_area'),
        ),
        migrations.AddConstraint(
            model_name='finding',
            constraint=models.CheckConstraint(condition=models.Q(('settled_at__isnull', True), models.Q(('settled_as', ''), _negated=True), _connector='XOR'), name='shelving_finding_settled_somehow'),
        ),
        migrations.AddIndex(
            model_name='task',
            index=models.Index(fields=['node', '-day', '-id'], name='shelving_task_by_day'),
        ),
        migrations.AddConstraint(
            model_name='task',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'done'), _negated=True), models.Q(('done_at__isnull', False), ('minutes__isnull', False), ('volumes__isnull', False)), _connector='OR'), name='shelving_done_says_how_much'),
        ),
    ]
