"""What is private is masked for readers. Both columns of pages are empty at first: SQLite adds such without copying the
table. What an archive holds is brought up to date by `manage.py mask`, in steps and while the site runs."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def say_what_to_do(apps, schema_editor):
    if apps.get_model("articles", "Page").objects.exists():
        print("\n  请接着运行 manage.py mask，遮盖已有文章里的证件号码、电话等。", end="")


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0012_search_index_anew'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='page',
            name='has_masked',
            field=models.BooleanField(editable=False, null=True, verbose_name='有遮盖的文字'),
        ),
        migrations.AddField(
            model_name='page',
            name='masks',
            field=models.JSONField(blank=True, editable=False, help_text='编辑所定：起点、终点、遮盖或公开。', null=True, verbose_name='遮盖与公开'),
        ),
        migrations.CreateModel(
            name='Reveal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(auto_now_add=True, verbose_name='时间')),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reveals', to='articles.article', verbose_name='文章')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='查看人')),
            ],
            options={
                'verbose_name': '显示原文记录',
                'verbose_name_plural': '显示原文记录',
                'ordering': ['-id'],
                'default_permissions': ('view',),
            },
        ),
        migrations.RunPython(say_what_to_do, migrations.RunPython.noop),
    ]
