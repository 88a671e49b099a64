
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('bookings', '0002_the_database_counts'),
    ]

    operations = [
        migrations.AddField(
            model_name='resource',
            name='model',
            field=models.SlugField(blank=True, db_index=False, max_length=60),
        ),
    ]
