import uuid

import django.db.models.deletion
import yishiting.ground.common.models
from django.db import migrations, models

KINDS = [('two_committees_one_station', '两委一站'), ('party_delegate', '党代表'), ('peoples_deputy', '人大代表'), ('cppcc_member', '政协委员'), ('resident', '居（村）民'), ('owners_committee', '业主委员会'), ('resident_unit', '驻区单位'), ('social_organisation', '社会组织'), ('migrant_resident', '流动人员'), ('invited_member', '特邀人士')]


def carry_over(apps, _editor):
    """What was noted of accounts, and what came with the candidacy, belongs to the seat from now on."""
    new = apps.get_model('councils', 'Identity')
    old = apps.get_model('organisations', 'Identity')
    noted = {}
    for one in old.objects.all():
        noted.setdefault((one.person_id, one.place_id), []).append((one.kind, one.since, one.until))
    rows = {}
    for seat in apps.get_model('councils', 'Representative').objects.select_related('constituency'):
        with_the_seat = [(kind, seat.since, seat.until) for kind in seat.identities]
        of_the_account = noted.get((seat.person_id, seat.place_id), []) if seat.person_id else []
        dated = {kind for kind, _since, _until in of_the_account}
        for kind, since, until in [*of_the_account, *(row for row in with_the_seat if row[0] not in dated)]:
            if kind != seat.constituency.sector:
                rows[seat.pk, kind, since] = new(representative=seat, place_id=seat.place_id, kind=kind, since=since, until=until)
    new.objects.bulk_create(rows.values())


class Migration(migrations.Migration):

    dependencies = [
        ('councils', '0004_assembly_withdrawn'),
        ('organisations', '0004_public_contacts'),
        ('places', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Identity',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('revision', models.PositiveIntegerField(default=0, editable=False, verbose_name='版次')),
                ('created_at', models.DateTimeField(default=yishiting.ground.common.models.moment, editable=False, verbose_name='登记时间')),
                ('kind', models.CharField(choices=KINDS, max_length=32, verbose_name='身份')),
                ('since', models.DateField(verbose_name='起始日期')),
                ('until', models.DateField(blank=True, null=True, verbose_name='终止日期')),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='places.place')),
                ('representative', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='seat_identities', to='councils.representative')),
            ],
            options={
                'verbose_name': '身份',
            },
        ),
        migrations.RunPython(carry_over, migrations.RunPython.noop, elidable=True),
    ]
