import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('bookings', '0003_models_of_resources'),
    ]

    operations = [
        migrations.AddField(
            model_name='waiting',
            name='model',
            field=models.SlugField(blank=True, db_index=False, max_length=60),
        ),
        migrations.AddField(
            model_name='waiting',
            name='day',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='waiting',
            name='declined',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=120), blank=True, default=list, size=None),
        ),
    ]
