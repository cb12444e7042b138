"""Names and subjects as authority records, linked from bibliographic records by number, and their merges."""

import django.db.models.deletion
import wenlan.kernel.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('catalogue', '0004_versions'),
        ('network', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Authority',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=wenlan.kernel.ids.new_uid, editable=False, unique=True)),
                ('kind', models.CharField(choices=[('person', 'Person'), ('body', 'Corporate body'), ('family', 'Family'), ('title', 'Uniform title'), ('subject', 'Topic'), ('place', 'Place name'), ('form', 'Form of work')], max_length=8)),
                ('number', models.CharField(max_length=64)),
                ('format', models.CharField(choices=[('cnmarc', 'CNMARC'), ('unimarc', 'UNIMARC'), ('marc21', 'MARC 21')], max_length=8)),
                ('heading', models.CharField(max_length=500)),
                ('heading_key', models.CharField(db_index=True, max_length=200)),
                ('note', models.TextField(blank=True)),
                ('content_hash', models.CharField(max_length=32)),
                ('created_at', models.DateTimeField()),
                ('updated_at', models.DateTimeField()),
                ('marc', models.TextField()),
                ('merged_into', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged', to='catalogue.authority')),
                ('node', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.node')),
            ],
        ),
        migrations.CreateModel(
            name='AuthorityForm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('relation', models.CharField(choices=[('heading', 'Heading'), ('see', 'See from'), ('see_also', 'See also')], max_length=8)),
                ('text', models.CharField(max_length=500)),
                ('key', models.CharField(db_index=True, max_length=200)),
                ('number', models.CharField(blank=True, max_length=64)),
                ('authority', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='forms', to='catalogue.authority')),
            ],
        ),
        migrations.CreateModel(
            name='AuthorityLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('tag', models.CharField(max_length=3)),
                ('number', models.CharField(db_index=True, max_length=64)),
                ('authority', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='links', to='catalogue.authority')),
                ('record', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='authority_links', to='catalogue.bibrecord')),
            ],
        ),
        migrations.CreateModel(
            name='AuthorityMerge',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=wenlan.kernel.ids.new_uid, editable=False, unique=True)),
                ('at', models.DateTimeField()),
                ('staff', models.BigIntegerField(blank=True, null=True)),
                ('kept_marc', models.TextField()),
                ('kept_after', models.CharField(max_length=32)),
                ('fields', models.JSONField(default=list)),
                ('undone_at', models.DateTimeField(blank=True, null=True)),
                ('gone', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalogue.authority')),
                ('kept', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='merges', to='catalogue.authority')),
            ],
        ),
        migrations.AddConstraint(
            model_name='authority',
            constraint=models.UniqueConstraint(fields=('number', 'format'), name='catalogue_authority_number_once'),
        ),
        migrations.AddConstraint(
            model_name='authoritylink',
            constraint=models.UniqueConstraint(fields=('record', 'tag', 'number'), name='catalogue_link_once_a_record'),
        ),
    ]
