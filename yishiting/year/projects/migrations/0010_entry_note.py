from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('projects', '0009_basis'),
    ]

    operations = [
        migrations.AddField(
            model_name='project',
            name='entry_note',
            field=models.TextField(blank=True, default='', verbose_name='上级退回的原因'),
        ),
    ]
