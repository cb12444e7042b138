from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Lease',
            fields=[
                ('name', models.CharField(max_length=60, primary_key=True, serialize=False)),
                ('holder', models.CharField(max_length=80)),
                ('until', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Schedule',
            fields=[
                ('name', models.CharField(max_length=60, primary_key=True, serialize=False)),
                ('due_at', models.DateTimeField()),
                ('last_error', models.TextField(blank=True)),
            ],
        ),
        migrations.CreateModel(
            name='Version',
            fields=[
                ('name', models.CharField(max_length=40, primary_key=True, serialize=False)),
                ('value', models.BigIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name='Answer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('operation', models.CharField(max_length=60)),
                ('key', models.CharField(max_length=120)),
                ('at', models.DateTimeField()),
                ('answer', models.JSONField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('operation', 'key'), name='jobs_answer_once')],
            },
        ),
        migrations.CreateModel(
            name='Counter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('scheme', models.CharField(max_length=40)),
                ('key', models.CharField(max_length=80)),
                ('value', models.BigIntegerField(default=0)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('scheme', 'key'), name='jobs_counter_once')],
            },
        ),
        migrations.CreateModel(
            name='Posted',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('topic', models.CharField(max_length=40)),
                ('payload', models.JSONField()),
            ],
            options={
                'indexes': [models.Index(fields=['topic', 'id'], name='jobs_posted_topic')],
            },
        ),
        migrations.RunSQL('CREATE VIEW jobs_facts AS SELECT name, value FROM jobs_version', 'DROP VIEW jobs_facts'),
    ]
