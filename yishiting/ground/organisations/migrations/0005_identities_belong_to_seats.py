from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('organisations', '0004_public_contacts'),
        ('councils', '0005_identities_of_representatives'),
    ]

    operations = [
        migrations.DeleteModel(name='Identity'),
    ]
