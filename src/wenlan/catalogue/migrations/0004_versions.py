"""The history of records, and what takes them out of sight."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ('catalogue', '0003_harvest'),
        ('network', '0001_initial'),
    ]
    operations = [
        migrations.CreateModel(
            name='RecordCondition',
            fields=[
                ('record', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='condition', serialize=False, to='catalogue.bibrecord')),
                ('condition', models.CharField(choices=[('hidden', 'Hidden from readers'), ('deleted', 'Deleted')], max_length=8)),
                ('since', models.DateTimeField()),
                ('staff', models.BigIntegerField(blank=True, null=True)),
                ('reason', models.CharField(max_length=200)),
                ('node', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.node')),
            ],
            options={
                'indexes': [models.Index(fields=['since'], name='catalogue_condition_since')],
            },
        ),
        migrations.CreateModel(
            name='RecordVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('kind', models.CharField(choices=[('created', 'Catalogued'), ('imported', 'Imported'), ('edited', 'Edited'), ('overlaid', 'Overlaid'), ('restored', 'Restored')], max_length=12)),
                ('at', models.DateTimeField()),
                ('staff', models.BigIntegerField(blank=True, null=True)),
                ('note', models.CharField(blank=True, max_length=300)),
                ('content_hash', models.CharField(max_length=32)),
                ('marc', models.TextField()),
                ('node', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.node')),
                ('record', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='versions', to='catalogue.bibrecord')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('record', 'number'), name='catalogue_version_number_once')],
            },
        ),
    ]
