"""Digital resources behind links, the networks of houses, and what suppliers state."""

import django.db.models.deletion
import wenlan.kernel.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('digital', '0001_initial'),
        ('network', '0003_capped_admission'),
    ]

    operations = [
        migrations.CreateModel(
            name='Resource',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=wenlan.kernel.ids.new_uid, editable=False, unique=True)),
                ('code', models.CharField(max_length=20, unique=True)),
                ('words', models.JSONField()),
                ('kind', models.CharField(choices=[('ebooks', 'E-books'), ('audio', 'Audio books'), ('micro', 'Micro reading'), ('journals', 'Journals and papers'), ('video', 'Video and courses'), ('other', 'Other digital resource')], max_length=12)),
                ('url', models.URLField(max_length=500)),
                ('open_to', models.CharField(choices=[('all', 'Everybody'), ('readers', 'Readers with a card, and everybody in the house')], max_length=10)),
                ('signs', models.BooleanField(default=False)),
                ('from_day', models.DateField()),
                ('until_day', models.DateField(blank=True, null=True)),
                ('key', models.CharField(max_length=80, unique=True)),
                ('node', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.node')),
            ],
        ),
        migrations.CreateModel(
            name='HouseNetwork',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('range', models.CharField(max_length=50)),
                ('node', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.node')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('node', 'range'), name='digital_one_network_of_a_range')],
            },
        ),
        migrations.CreateModel(
            name='SupplierCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('month', models.DateField()),
                ('items', models.PositiveBigIntegerField()),
                ('revision', models.PositiveIntegerField(default=1)),
                ('resource', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='digital.resource')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('resource', 'month'), name='digital_one_count_a_month')],
            },
        ),
    ]
