import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Who sends a mail, to which party, at whose order; until when a failed effect waits."""

    dependencies = [
        ('cases', '0003_journal_and_narrow_table'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='effect',
            name='try_after',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='mail',
            name='ordered_by',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='mail',
            name='party',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='cases.party'),
        ),
        migrations.AddField(
            model_name='mail',
            name='sender',
            field=models.IntegerField(null=True),
        ),
    ]
