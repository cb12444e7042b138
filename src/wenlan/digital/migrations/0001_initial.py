import django.db.models.deletion
import wenlan.kernel.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('network', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='ResourcePackage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=wenlan.kernel.ids.new_uid, editable=False, unique=True)),
                ('words', models.JSONField()),
                ('volumes', models.PositiveBigIntegerField()),
                ('ownership', models.CharField(choices=[('own', 'Made by the library'), ('bought', 'Bought'), ('shared', 'Shared without charge'), ('trial', 'On trial')], max_length=8)),
                ('added_on', models.DateField()),
                ('ended_on', models.DateField(blank=True, null=True)),
                ('node', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.node')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('ended_on__isnull', True), ('ended_on__gte', models.F('added_on')), _connector='OR'), name='digital_package_span'), models.CheckConstraint(condition=models.Q(('volumes__gt', 0)), name='digital_package_holds_something')],
            },
        ),
    ]
