"""Which items an entry of the register of ancient books is about."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('catalogue', '0008_held_records'),
        ('holdings', '0011_kept_for_readers'),
        ('network', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='AncientWork',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('entry', models.UUIDField(unique=True)),
                ('record', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalogue.bibrecord')),
                ('owner_node', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.node')),
            ],
        ),
        migrations.CreateModel(
            name='AncientVolume',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('item', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='holdings.item')),
                ('work', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='volumes', to='holdings.ancientwork')),
            ],
        ),
    ]
