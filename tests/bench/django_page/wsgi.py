"""What the server serves."""

import os

from django.core.wsgi import get_wsgi_application

os.environ["DJANGO_SETTINGS_MODULE"] = "django_page.settings"
application = get_wsgi_application()
