import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """After the table of before has gone: the names of its constraints are free again."""

    dependencies = [
        ('councils', '0005_identities_of_representatives'),
        ('organisations', '0005_identities_belong_to_seats'),
    ]

    operations = [
        migrations.RemoveField(model_name='representative', name='identities'),
        migrations.AlterField(
            model_name='identity',
            name='representative',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='identities', to='councils.representative'),
        ),
        migrations.AddConstraint(
            model_name='identity',
            constraint=models.UniqueConstraint(fields=('representative', 'kind', 'since'), name='identity_noted_once', violation_error_message='这位代表的这个身份已经登记，起始日期也一样，不用再登记。'),
        ),
        migrations.AddConstraint(
            model_name='identity',
            constraint=models.CheckConstraint(condition=models.Q(('until__isnull', True), ('until__gte', models.F('since')), _connector='OR'), name='identity_dates_in_order', violation_error_message='终止日期不能早于起始日期。'),
        ),
    ]
