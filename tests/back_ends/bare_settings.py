"""The settings as delivered, but for what takes a test long: migrations, hashing, collecting, waiting."""

from iscg_portal.settings import *  # noqa: F403
from iscg_portal.settings import DATABASES, INSTALLED_APPS, STORAGES

MIGRATION_MODULES = {name.rpartition(".")[2]: None for name in INSTALLED_APPS} | {"iscg_portal": None}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_USE_FINDERS = True
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"]["timeout"] = 2
LONGEST_WAIT_FOR_AN_ANSWER = 2
REDIS_IS_LEFT_ALONE = 2
