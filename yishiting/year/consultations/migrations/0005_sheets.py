from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('consultations', '0004_filled_once'),
    ]

    operations = [
        migrations.AddField(
            model_name='response',
            name='sheet',
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name='纸上的编号'),
        ),
        migrations.AddConstraint(
            model_name='response',
            constraint=models.UniqueConstraint(condition=models.Q(('sheet__isnull', False)), fields=('questionnaire', 'session_id', 'sheet'), name='response_sheet_once', violation_error_message='这个编号的纸质问卷已经录过，一人一张。请核对编号。'),
        ),
    ]
