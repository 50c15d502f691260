from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("suggestions", "0002_word_index")]

    operations = [
        migrations.AddIndex(
            model_name="suggestion",
            index=models.Index(fields=["-received_on", "-receipt"], name="suggestion_newest"),
        ),
    ]
