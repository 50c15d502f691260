"""The entry for the page server."""

import os

from django.core.wsgi import get_wsgi_application

from yishiting.doors.commands.supervising import end_with_starter

if "DJANGO_SETTINGS_MODULE" not in os.environ:
    raise SystemExit("请先设置环境变量 DJANGO_SETTINGS_MODULE，说明见 docs/operations/settings.md。")
os.environ["YISHITING_DOOR"] = "web"
end_with_starter()
application = get_wsgi_application()
