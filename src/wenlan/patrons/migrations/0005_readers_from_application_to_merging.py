"""Applications on line, files of readers, families, contacts; kinds of document, bearers of cards, merged accounts."""

import django.db.models.deletion
import wenlan.kernel.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('network', '0001_initial'),
        ('patrons', '0004_credit_and_sums'),
    ]

    operations = [
        migrations.CreateModel(
            name='Application',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=wenlan.kernel.ids.new_uid, editable=False, unique=True)),
                ('channel', models.CharField(max_length=12)),
                ('status', models.CharField(choices=[('guardian', 'Waits for the guardian'), ('waiting', 'Waits for a librarian'), ('approved', 'Approved'), ('refused', 'Refused'), ('lapsed', 'Lapsed')], max_length=12)),
                ('name', models.CharField(max_length=120)),
                ('sex', models.CharField(blank=True, default='', max_length=1)),
                ('birth_date', models.DateField(blank=True, null=True)),
                ('phone', models.CharField(blank=True, default='', max_length=32)),
                ('email', models.EmailField(blank=True, default='', max_length=254)),
                ('document_kind', models.CharField(blank=True, default='', max_length=20)),
                ('document_cipher', models.BinaryField(blank=True, null=True)),
                ('document_hash', models.CharField(blank=True, default='', max_length=64)),
                ('document_key_version', models.PositiveSmallIntegerField(default=0)),
                ('guardian_name', models.CharField(blank=True, default='', max_length=120)),
                ('guardian_relation', models.CharField(blank=True, default='', max_length=40)),
                ('guardian_phone', models.CharField(blank=True, default='', max_length=32)),
                ('guardian_code', models.CharField(blank=True, default='', max_length=64)),
                ('guardian_code_until', models.DateTimeField(blank=True, null=True)),
                ('guardian_tries', models.PositiveSmallIntegerField(default=0)),
                ('guardian_confirmed_at', models.DateTimeField(blank=True, null=True)),
                ('password', models.CharField(blank=True, default='', max_length=128)),
                ('asked_at', models.DateTimeField()),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('decided_by', models.CharField(blank=True, default='', max_length=64)),
                ('reason', models.CharField(blank=True, default='', max_length=200)),
                ('key', models.CharField(max_length=80, unique=True)),
                ('erased_at', models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Contact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120)),
                ('phone', models.CharField(blank=True, default='', max_length=32)),
                ('duty', models.CharField(blank=True, default='', max_length=60)),
                ('from_day', models.DateField()),
                ('until_day', models.DateField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name='FamilyBond',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('relation', models.CharField(blank=True, default='', max_length=40)),
                ('asked_at', models.DateTimeField()),
                ('agreed_at', models.DateTimeField(blank=True, null=True)),
                ('agreed_through', models.CharField(blank=True, default='', max_length=12)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Intake',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=wenlan.kernel.ids.new_uid, editable=False, unique=True)),
                ('made_at', models.DateTimeField()),
                ('operator', models.CharField(blank=True, default='', max_length=64)),
                ('source', models.CharField(max_length=30)),
                ('profile', models.CharField(max_length=40)),
                ('file_name', models.CharField(blank=True, default='', max_length=120)),
                ('facts', models.JSONField(default=dict)),
                ('run_at', models.DateTimeField(blank=True, null=True)),
                ('run_by', models.CharField(blank=True, default='', max_length=64)),
                ('key', models.CharField(max_length=80, unique=True)),
            ],
        ),
        migrations.CreateModel(
            name='IntakeLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('source_id', models.CharField(blank=True, default='', max_length=60)),
                ('digest', models.CharField(blank=True, default='', max_length=32)),
                ('said', models.BinaryField(blank=True, null=True)),
                ('outcome', models.CharField(max_length=10)),
                ('problems', models.JSONField(default=list)),
            ],
        ),
        migrations.CreateModel(
            name='JoiningRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('way', models.CharField(choices=[('none', 'Not offered: readers come to the desk'), ('approved', 'A librarian approves each'), ('at_once', 'At once, when nothing speaks against it')], max_length=12)),
                ('categories', models.JSONField(default=list)),
                ('asks_document', models.BooleanField(default=True)),
                ('words', models.JSONField(default=dict)),
            ],
        ),
        migrations.AddField(
            model_name='card',
            name='bearer',
            field=models.CharField(blank=True, default='', max_length=120),
        ),
        migrations.AddField(
            model_name='patron',
            name='document_kind',
            field=models.CharField(choices=[('citizen', 'Resident identity card'), ('residence_permit', 'Residence permit of a Hong Kong, Macau or Taiwan resident'), ('hk_macau_permit', 'Travel permit of a Hong Kong or Macau resident'), ('taiwan_permit', 'Travel permit of a Taiwan resident'), ('foreigners_card', "Foreigner's permanent residence card"), ('passport', 'Passport'), ('military', 'Military document')], default='citizen', max_length=20),
        ),
        migrations.AddField(
            model_name='patron',
            name='merged_into',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='patrons.patron'),
        ),
        migrations.AddConstraint(
            model_name='patron',
            constraint=models.CheckConstraint(condition=models.Q(('merged_into', None), ('status', 'deregistered'), _connector='OR'), name='patrons_merged_is_deregistered'),
        ),
        migrations.AddField(
            model_name='application',
            name='category',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='patrons.category'),
        ),
        migrations.AddField(
            model_name='application',
            name='node',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.node'),
        ),
        migrations.AddField(
            model_name='application',
            name='patron',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='patrons.patron'),
        ),
        migrations.AddField(
            model_name='contact',
            name='patron',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='patrons.patron'),
        ),
        migrations.AddField(
            model_name='familybond',
            name='holder',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='patrons.patron'),
        ),
        migrations.AddField(
            model_name='familybond',
            name='member',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='patrons.patron'),
        ),
        migrations.AddField(
            model_name='intake',
            name='node',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.node'),
        ),
        migrations.AddField(
            model_name='intakeline',
            name='intake',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='patrons.intake'),
        ),
        migrations.AddField(
            model_name='intakeline',
            name='patron',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='patrons.patron'),
        ),
        migrations.AddField(
            model_name='joiningrule',
            name='node',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.node'),
        ),
        migrations.AddIndex(
            model_name='application',
            index=models.Index(condition=models.Q(('status__in', ('guardian', 'waiting'))), fields=['node', 'id'], name='patrons_open_applications'),
        ),
        migrations.AddIndex(
            model_name='application',
            index=models.Index(fields=['status', 'decided_at'], name='patrons_application_by_status'),
        ),
        migrations.AddConstraint(
            model_name='application',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ('guardian', 'waiting')), ('decided_at__isnull', False), _connector='XOR'), name='patrons_decided_application_has_an_instant'),
        ),
        migrations.AddConstraint(
            model_name='application',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'approved'), _negated=True), ('patron__isnull', False), _connector='OR'), name='patrons_approved_application_has_a_reader'),
        ),
        migrations.AddConstraint(
            model_name='familybond',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('holder', 'member'), name='patrons_one_open_bond_a_pair'),
        ),
        migrations.AddConstraint(
            model_name='familybond',
            constraint=models.CheckConstraint(condition=models.Q(('holder', models.F('member')), _negated=True), name='patrons_bond_of_two'),
        ),
        migrations.AddIndex(
            model_name='intakeline',
            index=models.Index(fields=['source_id', 'id'], name='patrons_lines_by_source'),
        ),
        migrations.AddConstraint(
            model_name='intakeline',
            constraint=models.UniqueConstraint(fields=('intake', 'number'), name='patrons_line_once_in_an_intake'),
        ),
        migrations.AddConstraint(
            model_name='intakeline',
            constraint=models.CheckConstraint(condition=models.Q(('outcome__in', ('new', 'changed', 'same', 'rejected', 'skipped'))), name='patrons_intake_outcome'),
        ),
    ]
