"""Settings of the portal.

Every variable of the environment is in the table of README.md. Without any the portal runs on this machine alone.
"""

from pathlib import Path
from urllib.parse import unquote, urlsplit

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from iscg_portal.environment import env, flag, hosts, is_loopback, number, read_or_create, text, web_address, words
from iscg_portal.log import LOGGING as LOGGING

BASE_DIR = Path(__file__).resolve().parent.parent
# A demonstration has a plainly made-up record of its own, whatever the environment says of the real one
DEMO = flag("DEMO", default=False)
VAR_DIR = BASE_DIR / "var" / "demo" if DEMO else BASE_DIR / "var"

# Where the portal is and who may reach it
DEBUG = flag("DEBUG", default=False)
PORT = number("PORT", default=8000, highest=65535)
SITE_URL = web_address("SITE_URL", default=f"http://127.0.0.1:{PORT}")
SITE_HOST = urlsplit(SITE_URL).hostname
ON_LOOPBACK = is_loopback(SITE_URL)
HTTPS = SITE_URL.startswith("https:")
if DEMO and not ON_LOOPBACK:
    raise ImproperlyConfigured(f"A demonstration (DEMO) answers on this machine alone, not at {SITE_URL}.")
LOOPBACK_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
ALLOWED_HOSTS = words("ALLOWED_HOSTS") or [SITE_HOST, *LOOPBACK_HOSTS]
TRUSTED_PROXY_COUNT = number("TRUSTED_PROXY_COUNT", default=0, highest=10)
REQUIRE_SECOND_FACTOR = flag("REQUIRE_SECOND_FACTOR", default=True)

# The institution whose own sign-in opens the portal too
OPENID_CONNECT_URL = web_address("OPENID_CONNECT_URL", default="", path=True)
OPENID_CONNECT_NAME = text("OPENID_CONNECT_NAME", default="OpenID Connect")
OPENID_CONNECT_CLIENT_ID = text("OPENID_CONNECT_CLIENT_ID")
OPENID_CONNECT_CLIENT_SECRET = text("OPENID_CONNECT_CLIENT_SECRET")
if len({bool(OPENID_CONNECT_URL), bool(OPENID_CONNECT_CLIENT_ID), bool(OPENID_CONNECT_CLIENT_SECRET)}) > 1:
    raise ImproperlyConfigured(
        "OPENID_CONNECT_URL, OPENID_CONNECT_CLIENT_ID and OPENID_CONNECT_CLIENT_SECRET "
        "are given together or not at all."
    )
if OPENID_CONNECT_URL and not ON_LOOPBACK and not OPENID_CONNECT_URL.startswith("https:"):
    raise ImproperlyConfigured("OPENID_CONNECT_URL must begin with https: once SITE_URL is off the loopback.")
OPENID_CONNECT_APPS = [
    {
        "provider_id": "institution",
        "name": OPENID_CONNECT_NAME,
        "client_id": OPENID_CONNECT_CLIENT_ID,
        "secret": OPENID_CONNECT_CLIENT_SECRET,
        "settings": {"server_url": OPENID_CONNECT_URL, "oauth_pkce_enabled": True},
    }
][: bool(OPENID_CONNECT_URL)]

SECRET_KEY = text("SECRET_KEY")
if not ON_LOOPBACK:
    if len(SECRET_KEY) < 50 or len(set(SECRET_KEY)) < 5 or SECRET_KEY.startswith("django-insecure-"):
        raise ImproperlyConfigured(
            f"SITE_URL is {SITE_URL}: set SECRET_KEY to a random text of at least 50 characters; "
            "a default, short or well-known secret is refused off the loopback."
        )
    if DEBUG:
        raise ImproperlyConfigured(f"DEBUG may be on only while SITE_URL is on the loopback, not {SITE_URL}.")
    if not REQUIRE_SECOND_FACTOR:
        raise ImproperlyConfigured(
            f"REQUIRE_SECOND_FACTOR may be off only while SITE_URL is on the loopback, not {SITE_URL}."
        )
SECRET_KEY = SECRET_KEY or read_or_create(VAR_DIR / "secret_key")

# What the portal is made of
INSTALLED_APPS = [
    "modeltranslation",  # before the admin, as it asks
    "iscg_portal.adminkit.site.DeskConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",  # asked by allauth's pages of passkeys and sessions
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "import_export",
    "simple_history",
    "csp",
    "iscg_portal",
    "members",
    "subjects",
    "studies",
    "meetings",
    "changes",
    "reports",
    "workspace",
    "secretariat",
    "front",
]
MIDDLEWARE = [
    "iscg_portal.web.page_cache.KeptPagesMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "iscg_portal.web.security_headers.SteadyPolicyMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "iscg_portal.web.public_page.PrivateUnlessPublicMiddleware",
    "iscg_portal.web.language_prefix.LanguageFromAddressMiddleware",
    "iscg_portal.files.uploads.RefuseLargeRequestsMiddleware",
    "iscg_portal.web.no_text.RefuseNoTextMiddleware",
    "iscg_portal.web.public_page.PublicPagesFirstMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "iscg_portal.signing_in.signed_in_mark.SignedInMarkMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "iscg_portal.signing_in.sessions.StaffSessionsMiddleware",
    "iscg_portal.signing_in.accounts.SecondFactorMiddleware",
    "iscg_portal.signing_in.typed_before.TypedBeforeMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
]
ROOT_URLCONF = "iscg_portal.urls"
WSGI_APPLICATION = "iscg_portal.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "iscg_portal.web.page_address.page_address",
            ],
            "builtins": ["iscg_portal.templatetags.languages"],
        },
    }
]

# Where records are kept
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",  # a writer waits for its turn instead of failing in mid-transaction
    "timeout": 20,
    # What takes a refused save back is kept in memory: a file for it would need room in /var/tmp.
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; PRAGMA temp_store=2;",
}
DATABASE_URL = f"sqlite:///{VAR_DIR}/portal.sqlite3"
DATABASES = {"default": env.db_url_config(DATABASE_URL if DEMO else text("DATABASE_URL", default=DATABASE_URL))}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"] |= {"OPTIONS": SQLITE_OPTIONS, "CONN_MAX_AGE": None}  # opening costs more than a query
    DATABASES["default"]["ENGINE"] = "iscg_portal.patient_sqlite3"
elif DATABASES["default"]["ENGINE"] == "django.db.backends.postgresql":
    DATABASES["default"] |= {"CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True}
    DATABASES["default"]["HOST"] = unquote(DATABASES["default"]["HOST"])  # a socket's folder, as %2Frun%2F...
    # A server that is gone without a word, and a lock that nobody gives back, end in a sentence and not in a wait.
    patience = {"connect_timeout": 5, "tcp_user_timeout": 20_000}
    # Compiling a query of many parts (`jit`) takes PostgreSQL ten times as long as answering it.
    patience["options"] = "-c lock_timeout=20s -c jit=off"
    DATABASES["default"]["OPTIONS"] = patience | DATABASES["default"].get("OPTIONS", {})
else:
    raise ImproperlyConfigured("DATABASE_URL must begin with postgres:// or sqlite:///.")
LONGEST_WAIT_FOR_AN_ANSWER = 25  # seconds of a request for one statement on PostgreSQL; a lock has its own 20
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
MEDIA_ROOT = VAR_DIR / "media" if DEMO else Path(text("MEDIA_ROOT", default=str(VAR_DIR / "media")))
CACHES = {"default": env.cache_url_config("dbcache://cache" if DEMO else text("CACHE_URL", default="dbcache://cache"))}
if CACHES["default"]["BACKEND"] == "django.core.cache.backends.db.DatabaseCache":
    # With Django's own 300 entries a flood of addresses would throw out the counts of the rate limits.
    CACHES["default"].setdefault("OPTIONS", {}).setdefault("MAX_ENTRIES", 100_000)
    CACHES["default"]["BACKEND"] = "iscg_portal.signing_in.counts.InDatabase"
elif CACHES["default"]["BACKEND"] == "django.core.cache.backends.redis.RedisCache":
    patience = {"socket_connect_timeout": 2, "socket_timeout": 2}  # seconds; without them a request waits for ever
    CACHES["default"]["OPTIONS"] = patience | CACHES["default"].get("OPTIONS", {})
    CACHES["default"]["BACKEND"] = "iscg_portal.signing_in.counts.InRedis"
elif not ON_LOOPBACK:
    raise ImproperlyConfigured(
        "CACHE_URL must begin with redis:// or dbcache://: elsewhere the attempts to sign in are not counted for all "
        "workers together."
    )
REDIS_IS_LEFT_ALONE = 10  # seconds in which a worker does not ask one again that did not answer

# Languages and days: civil dates are Geneva's
LANGUAGE_CODE = "en"
LANGUAGES = [
    ("ar", "العربية"),
    ("en", "English"),
    ("es", "Español"),
    ("fr", "Français"),
    ("ru", "Русский"),
    ("zh-hans", "中文"),
]
LOCALE_PATHS = [BASE_DIR / "locale"]
MODELTRANSLATION_DEFAULT_LANGUAGE = "en"
TIME_ZONE = "Europe/Zurich"
USE_TZ = True
FORMAT_MODULE_PATH = ["iscg_portal.formats"]
FORM_RENDERER = "iscg_portal.web.plain_widgets.PlainWidgets"

# Signing in: by e-mailed code, passkey or password, or through an institution; accounts are made by staff
AUTH_USER_MODEL = "members.Account"
PERSON_MODEL = "members.Person"  # who holds an office, and the country for which
COUNTRY_MODEL = "members.Country"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "workspace:workspace"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # staff enter the addresses
ACCOUNT_ADAPTER = "iscg_portal.signing_in.accounts.AccountAdapter"
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXY_COUNT
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = True  # an unknown address costs the same queries and one mail, like a known one
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 3
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60  # seconds
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 15 * 60  # seconds
ACCOUNT_FORMS = {
    "login": "iscg_portal.signing_in.words.SignIn",
    "change_password": "iscg_portal.signing_in.words.ChangePassword",
    "set_password": "iscg_portal.signing_in.words.SetPassword",
    "reset_password_from_key": "iscg_portal.signing_in.words.ChooseAnotherPassword",
    "reauthenticate": "iscg_portal.signing_in.words.EnterPasswordAgain",
    "request_login_code": "iscg_portal.signing_in.accounts.AskForCode",
    "confirm_login_code": "iscg_portal.signing_in.accounts.ConfirmCode",
    "reset_password": "iscg_portal.signing_in.accounts.AskForReset",
    "confirm_password_reset_code": "iscg_portal.signing_in.accounts.ConfirmReset",
}
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True  # whoever reads the mails of the address could sign in by a code as well
# Who tries what how often (iscg_portal.signing_in.limits); decision 26 says what it means for guessing.
ACCOUNT_RATE_LIMITS = {
    # a stranger, by address and network
    "password": "5/15m/key,20/d/key",
    "code": "5/h/key,20/d/key",  # mails with a code, to sign in or to choose another password
    "factor": "5/15m/key,20/d/key",
    "follow": "5/h/key",
    "join": "5/h/key",
    "correction": "10/h/key",  # who gives no address is counted by network alone
    # all strangers of a network, which may be a conference room
    "password_network": "60/10m/key",
    "code_network": "150/10m/key",
    "factor_network": "150/10m/key",
    "follow_network": "150/10m/key",
    "join_network": "150/h/key",
    "correction_network": "150/h/key",
    # all strangers, by address; a correction writes no mail to it
    "password_anywhere": "200/d/key",
    "code_anywhere": "30/h/key,100/d/key",
    "factor_anywhere": "20/h/key,100/d/key",
    "follow_anywhere": "20/h/key",
    "join_anywhere": "20/h/key",
    # a browser in which the account signed in before
    "password_known": "10/15m/key,60/d/key",
    "code_known": "10/h/key,40/d/key",
    "factor_known": "10/15m/key,60/d/key",
    "follow_known": "20/h/key",
    "join_known": "20/h/key",
    "correction_known": "20/h/key",
    "often": "3/h/key,10/d/key",  # further mails say how to let a browser in; below every limit that stops one
    "institution": "600/m/ip",  # each asks the institution's provider; a conference room may be behind one address
    "institution_known": "20/m/key",
    "one_time_link": "20/m/ip",  # links that do not exist (iscg_portal.mail.one_time)
    # allauth's own, in the place of which the above stand; the last three have no secret that could be guessed
    "login_failed": None,
    "request_login_code": None,
    "reset_password": None,
    "login": None,
    "reset_password_from_key": None,
}
MFA_RATE_LIMITS = {"webauthn_login": None}
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if HTTPS else "http"
ACCOUNT_SESSION_REMEMBER = False  # signed in until the browser closes,
SESSION_EXPIRE_AT_BROWSER_CLOSE = True  # by a code or a passkey too
STAFF_SESSION_LASTS = 10 * 3600  # seconds; a working day
STAFF_SESSION_UNUSED = 3600  # seconds
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ADAPTER = "iscg_portal.signing_in.words.MFAAdapter"
MFA_FORMS = {
    "add_webauthn": "iscg_portal.signing_in.words.AddKey",
    "edit_webauthn": "iscg_portal.signing_in.words.RenameKey",
    "authenticate": "iscg_portal.signing_in.second_factor.EnterCode",
    "reauthenticate": "iscg_portal.signing_in.second_factor.EnterCodeAgain",
    "activate_totp": "iscg_portal.signing_in.second_factor.SetUp",
}
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = ON_LOOPBACK  # http://localhost:8000 is an origin too
MFA_TOTP_ISSUER = "ISCG"
MFA_ALLOW_UNVERIFIED_EMAIL = True
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": OPENID_CONNECT_APPS}}
SOCIALACCOUNT_ADAPTER = "iscg_portal.signing_in.institution.InstitutionAdapter"
SOCIALACCOUNT_REQUESTS_TIMEOUT = 5  # seconds that the provider has for an answer

# Mail goes to the terminal unless EMAIL_URL names a server
EMAIL = env.email_url_config("dummymail://" if DEMO else text("EMAIL_URL", default="consolemail://"))
vars().update(EMAIL)
EMAIL_TIMEOUT = 20  # seconds for the connection and for each answer; only the sender waits for it

# Style sheets, scripts, pictures
STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "var" / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# Whose pages may show the blocks under /embed/ in a frame of theirs
EMBED_ANCESTORS = hosts("EMBED_ANCESTORS")

# Under what licence the data may be used; the pages say “not stated” until it is set
DATA_LICENCE = text("DATA_LICENCE")
DATA_LICENCE_URL = web_address("DATA_LICENCE_URL", default="", path=True)
if DATA_LICENCE_URL and not DATA_LICENCE:
    raise ImproperlyConfigured("DATA_LICENCE_URL must come with DATA_LICENCE, the name of the licence.")

# What a browser is told
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
KNOWN_BROWSER_COOKIE_NAME, SIGNED_IN_COOKIE_NAME = "knownbrowser", "signedin"
if HTTPS:  # a browser takes these names from this very host only, and from none beside it under the same domain
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-sessionid", "__Host-csrftoken"
    KNOWN_BROWSER_COOKIE_NAME, SIGNED_IN_COOKIE_NAME = "__Host-knownbrowser", "__Host-signedin"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
CSRF_TRUSTED_ORIGINS = [SITE_URL]
CSRF_FAILURE_VIEW = "iscg_portal.signing_in.typed_before.wrong_token"
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]  # asked by machines inside
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
if TRUSTED_PROXY_COUNT:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# Who may import and export a table: `members.import_person`, `members.export_person`
IMPORT_EXPORT_IMPORT_PERMISSION_CODE, IMPORT_EXPORT_EXPORT_PERMISSION_CODE = "import", "export"

# What a request may bring
DATA_UPLOAD_MAX_MEMORY_SIZE = 5_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000
DATA_UPLOAD_MAX_NUMBER_FILES = 5
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
FILE_UPLOAD_HANDLERS = [
    "iscg_portal.files.uploads.CarefulUploadHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "iscg_portal.files.uploads.UnnamedUploadHandler",
]
