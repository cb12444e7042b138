import django.db.models.deletion
import wenlan.kernel.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('network', '0001_initial'),
        ('patrons', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='ActivityKind',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=20, unique=True)),
                ('words', models.JSONField()),
                ('counted_by', models.CharField(choices=[('session', 'session'), ('showing', 'showing at one place'), ('class', 'class with its lessons')], max_length=12)),
            ],
        ),
        migrations.CreateModel(
            name='Programme',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=wenlan.kernel.ids.new_uid, editable=False, unique=True)),
                ('code', models.CharField(max_length=60, unique=True)),
                ('words', models.JSONField()),
                ('kind', models.CharField(max_length=20)),
                ('mode', models.CharField(choices=[('onsite', 'on site'), ('online', 'online')], default='onsite', max_length=8)),
                ('is_brand', models.BooleanField(default=False)),
                ('is_alliance', models.BooleanField(default=False)),
                ('edition', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('special_group', models.CharField(blank=True, default='', max_length=20)),
                ('summary', models.TextField(blank=True, default='')),
                ('organisers', models.JSONField(blank=True, default=list)),
                ('node', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.node')),
                ('part_of', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='parts', to='activities.programme')),
            ],
        ),
        migrations.CreateModel(
            name='Session',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=wenlan.kernel.ids.new_uid, editable=False, unique=True)),
                ('title', models.CharField(blank=True, default='', max_length=200)),
                ('place', models.CharField(blank=True, default='', max_length=100)),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('mode', models.CharField(choices=[('onsite', 'on site'), ('online', 'online')], default='onsite', max_length=8)),
                ('special_group', models.CharField(blank=True, default='', max_length=20)),
                ('status', models.CharField(choices=[('planned', 'planned'), ('held', 'held'), ('cancelled', 'cancelled')], default='planned', max_length=10)),
                ('reason', models.CharField(blank=True, default='', max_length=200)),
                ('capacity', models.PositiveIntegerField(blank=True, null=True)),
                ('places_taken', models.PositiveIntegerField(default=0)),
                ('department', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.department')),
                ('node', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.node')),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sessions', to='activities.programme')),
            ],
        ),
        migrations.CreateModel(
            name='Lesson',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('topic', models.CharField(blank=True, default='', max_length=200)),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lessons', to='activities.session')),
            ],
            options={
                'ordering': ['starts_at'],
            },
        ),
        migrations.CreateModel(
            name='SignUp',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=wenlan.kernel.ids.new_uid, editable=False, unique=True)),
                ('status', models.CharField(choices=[('placed', 'has a place'), ('waiting', 'on the waiting list'), ('checked_in', 'checked in'), ('no_show', 'did not come'), ('withdrawn', 'withdrawn')], max_length=12)),
                ('signed_up_at', models.DateTimeField()),
                ('checked_in_at', models.DateTimeField(blank=True, null=True)),
                ('patron', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='patrons.patron')),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sign_ups', to='activities.session')),
            ],
        ),
        migrations.CreateModel(
            name='Tally',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=wenlan.kernel.ids.new_uid, editable=False, unique=True)),
                ('day', models.DateField()),
                ('mode', models.CharField(choices=[('onsite', 'on site'), ('online', 'online')], max_length=8)),
                ('persons', models.PositiveIntegerField()),
                ('entered_at', models.DateTimeField()),
                ('replaced_at', models.DateTimeField(blank=True, null=True)),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tallies', to='activities.session')),
            ],
        ),
        migrations.AddIndex(
            model_name='programme',
            index=models.Index(fields=['node', 'code'], name='activities_programme_by_node'),
        ),
        migrations.AddConstraint(
            model_name='programme',
            constraint=models.CheckConstraint(condition=models.Q(('part_of__isnull', True), models.Q(('part_of', models.F('id')), _negated=True), _connector='OR'), name='activities_programme_not_part_of_itself'),
        ),
        migrations.AddIndex(
            model_name='session',
            index=models.Index(fields=['node', 'starts_at', 'id'], name='activities_session_by_node'),
        ),
        migrations.AddConstraint(
            model_name='session',
            constraint=models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='activities_session_ends_after_start'),
        ),
        migrations.AddConstraint(
            model_name='session',
            constraint=models.CheckConstraint(condition=models.Q(('capacity__isnull', True), ('places_taken__lte', models.F('capacity')), _connector='OR'), name='activities_session_within_capacity'),
        ),
        migrations.AddConstraint(
            model_name='lesson',
            constraint=models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='activities_lesson_ends_after_start'),
        ),
        migrations.AddConstraint(
            model_name='signup',
            constraint=models.UniqueConstraint(fields=('session', 'patron'), name='activities_one_sign_up_a_reader'),
        ),
        migrations.AddConstraint(
            model_name='tally',
            constraint=models.UniqueConstraint(condition=models.Q(('replaced_at__isnull', True)), fields=('session', 'day', 'mode'), name='activities_one_standing_tally_a_day_and_mode'),
        ),
    ]
