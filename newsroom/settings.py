"""Settings, all from the environment (README, "Settings"). Production-safe when nothing is set."""

import os
import secrets
from datetime import timedelta
from pathlib import Path

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(os.environ.get("NEWSROOM_VAR", BASE_DIR / "var")).resolve()


def flag(name, default=False):
    """A yes/no variable; anything but the words listed is an error, never silently false."""
    value = os.environ.get(name, "").strip().lower()
    if value in ("", None):
        return default
    if value in ("1", "true", "yes", "on"):
        return True
    if value in ("0", "false", "no", "off"):
        return False
    raise ImproperlyConfigured(f"{name}={value!r}：请写 1 或 0。")


def words(name, default=""):
    return [w for w in os.environ.get(name, default).replace(",", " ").split() if w]


def number(name, default):
    value = os.environ.get(name, "").strip() or str(default)
    if not value.isdigit():
        raise ImproperlyConfigured(f"{name}={value!r}：请写一个整数。")
    return int(value)


def text_of(name):
    """The text of the file that a variable names, "" when it is not set."""
    path = os.environ.get(name, "").strip()
    try:
        return Path(path).read_text(encoding="utf-8-sig").strip() if path else ""
    except (OSError, ValueError) as error:
        raise ImproperlyConfigured(f"{name}={path!r} 不能读：{error}。请给一个 UTF-8 文本文件。") from error


def secret_key():
    """The key of the environment, else one made once and kept in var/ for its owner's eyes only."""
    if key := os.environ.get("SECRET_KEY"):
        return key
    path = VAR_DIR / "secret_key"
    try:
        if not path.exists():
            make_secret_key(path)
        return path.read_text()
    except OSError as error:
        raise ImproperlyConfigured(f"没有设 SECRET_KEY，{path} 又不能读写：{error.strerror}。") from error


def make_secret_key(path):
    """Written aside and linked, so that of two first starts one wins and none reads half a key."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".secret_key.{os.getpid()}")
    with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(secrets.token_urlsafe(50))
    try:
        os.link(fresh, path)
    except FileExistsError:
        pass
    finally:
        fresh.unlink()


def database():
    """SQLite in var/ unless DATABASE_URL names another."""
    try:
        found = dj_database_url.config(
            default=f"sqlite:///{VAR_DIR / 'newsroom.sqlite3'}", conn_max_age=60, conn_health_checks=True
        )
    except ValueError as error:
        raise ImproperlyConfigured("DATABASE_URL 不对：请写成 postgres://用户:密码@主机:5432/库名。") from error
    engine = found.get("ENGINE", "").rsplit(".", 1)[-1]
    if engine not in ("sqlite3", "postgresql"):
        raise ImproperlyConfigured("DATABASE_URL 只支持 SQLite 和 PostgreSQL（postgres://…）。")
    if engine == "sqlite3":
        Path(found["NAME"]).parent.mkdir(parents=True, exist_ok=True)
        found.setdefault("OPTIONS", {}).update(
            # A writer takes its lock when its transaction begins, so that two writers wait for each other instead of
            # failing half way; FULL, so that an act acknowledged survives a power cut.
            transaction_mode="IMMEDIATE",
            timeout=20,
            init_command="PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-65536;",
        )
    return found


DEBUG = flag("DEBUG")
SECRET_KEY = secret_key()
ALLOWED_HOSTS = words("ALLOWED_HOSTS", "127.0.0.1 localhost [::1]")
CSRF_TRUSTED_ORIGINS = words("CSRF_TRUSTED_ORIGINS")

INSTALLED_APPS = [
    "articles",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_filters",
    "axes",
]
MIDDLEWARE = [
    "newsroom.requests.RequestMiddleware",
    "newsroom.headers.HeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "newsroom.compression.CompressionMiddleware",
    "newsroom.bodies.BodyLimitMiddleware",
    "newsroom.numbers.OverflowMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "articles.admin.carrying.CarryingMiddleware",
    "articles.publishing.freshness.FreshnessMiddleware",
    "axes.middleware.AxesMiddleware",
]
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
ROOT_URLCONF = "newsroom.urls"
WSGI_APPLICATION = "newsroom.wsgi.application"
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
            ]
        },
    }
]

try:
    DATABASES = {"default": database()}
except OSError as error:
    raise ImproperlyConfigured(f"{VAR_DIR} 不能建立：{error.strerror}。请检查 NEWSROOM_VAR。") from error
LOCAL_MEMORY = "django.core.cache.backends.locmem.LocMemCache"
CACHES = {
    "default": {"BACKEND": LOCAL_MEMORY},
    # Public pages as long as nothing changes (articles.publishing.freshness): some 20 KB each, in each worker.
    "pages": {"BACKEND": LOCAL_MEMORY, "LOCATION": "pages", "TIMEOUT": None, "OPTIONS": {"MAX_ENTRIES": 1000}},
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
# Who fails to sign in too often waits (articles.admin.locking): by account and address, and by address alone.
AXES_FAILURE_LIMIT = number("LOGIN_FAILURES", 5)
AXES_LOCK_OUT_AT_FAILURE = AXES_FAILURE_LIMIT > 0
LOGIN_FAILURES_AN_ADDRESS = number("LOGIN_FAILURES_AN_ADDRESS", 50)
AXES_COOLOFF_TIME = timedelta(minutes=number("LOGIN_COOLOFF_MINUTES", 15))
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_HANDLER = "articles.admin.locking.SigningInHandler"
AXES_LOCKOUT_CALLABLE = "articles.admin.carrying.locked_out"
AXES_CLIENT_IP_CALLABLE = "articles.reading.visitors.plain_address"
AXES_USERNAME_CALLABLE = "articles.admin.locking.name_kept"
AXES_USERNAME_FORM_FIELD = "username"
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # who waits, waits no longer for trying
AXES_RESET_ON_SUCCESS = True
AXES_DISABLE_ACCESS_LOG = True  # accounts say when they last signed in
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"

LANGUAGE_CODE = "zh-hans"
LOCALE_PATHS = [BASE_DIR / "newsroom" / "locale"]  # what Django's own Chinese leaves in English
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
MEDIA_ROOT = VAR_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "newsroom.storage.StaticFilesStorage"},
}

# Behind a proxy that speaks TLS: HTTPS=1. Secure cookies and HSTS would lock out a plain local start.
HTTPS = flag("HTTPS")
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_SSL_REDIRECT = HTTPS
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = number("HSTS_SECONDS", 30 * 24 * 3600 if HTTPS else 0)
SECURE_HSTS_INCLUDE_SUBDOMAINS = flag("HSTS_INCLUDE_SUBDOMAINS")
SECURE_HSTS_PRELOAD = flag("HSTS_PRELOAD")
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^metrics$"]  # asked for on the machine itself, without TLS
PROXIES = number("PROXIES", 1 if HTTPS else 0)  # in front, each adding to X-Forwarded-For
# How often one network address may ask for what is costly, in a minute; 0: as often as it likes. Editors always may.
LIMITS = {
    "search": number("SEARCHES_A_MINUTE", 120),
    "suggest": number("SUGGESTIONS_A_MINUTE", 600),
    "export": number("EXPORTS_A_MINUTE", 10),
    "report": number("REPORTS_A_MINUTE", 20),  # tried; fewer are taken (articles.reading.mistakes)
}
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "articles.admin.carrying.csrf_failure"
# What is silenced only speaks of TLS, which HTTPS=1 turns on, or of the two choices that a site's owner has to make.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"] + (
    [] if HTTPS else ["security.W004", "security.W008", "security.W012", "security.W016"]
)
# An upload of 400 pages with a picture each (articles.importing.uploads).
DATA_UPLOAD_MAX_NUMBER_FILES = 1000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000  # a page's screen has two fields for each of its passages

SITE_NAME = os.environ.get("SITE_NAME", "报纸资料库")
SITE_URL = os.environ.get("SITE_URL", "").rstrip("/")  # without it: the address that the reader asked for
TAG_AUTHORITY = os.environ.get("TAG_AUTHORITY", "")  # host,year in the names of feed entries (RFC 4151)
# What a site in China shows at its foot, each where it is set, and the owner's own words on 关于本站.
ICP_NUMBER = os.environ.get("ICP_NUMBER", "").strip()
POLICE_NUMBER = os.environ.get("POLICE_NUMBER", "").strip()
REPORT_CONTACT = os.environ.get("REPORT_CONTACT", "").strip()
COPYRIGHT = os.environ.get("COPYRIGHT", "").strip()
ABOUT_TEXT = text_of("ABOUT_FILE")

# For who runs it: /metrics, /healthz, e-mail when an import fails (articles.operating).
METRICS_TOKEN = os.environ.get("METRICS_TOKEN", "")
DISK_FREE_MB = number("DISK_FREE_MB", 500)
ALERT_EMAIL = words("ALERT_EMAIL")
EMAIL_HOST = os.environ.get("EMAIL_HOST", "localhost")
EMAIL_PORT = number("EMAIL_PORT", 25)
EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = flag("EMAIL_USE_TLS")
EMAIL_USE_SSL = flag("EMAIL_USE_SSL")
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = os.environ.get("EMAIL_FROM", "newsroom@localhost")

LOG_REQUESTS = flag("LOG_REQUESTS")
LOG_FORMAT = os.environ.get("LOG_FORMAT", "").strip() or "line"
if LOG_FORMAT not in ("line", "json"):
    raise ImproperlyConfigured(f"LOG_FORMAT={LOG_FORMAT!r}：请写 line 或 json。")
# The picture of a page shows what is masked in its text; readers get such pictures only if the owner says so.
SHOW_MASKED_FACSIMILES = flag("SHOW_MASKED_FACSIMILES")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"request id": {"()": "newsroom.requests.AddRequestId"}},
    "formatters": {
        "line": {"format": "%(asctime)s %(levelname)s %(name)s [%(request_id)s] %(message)s"},
        "json": {"()": "newsroom.logs.JSONFormatter"},
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": LOG_FORMAT, "filters": ["request id"]}},
    "root": {"handlers": ["stderr"], "level": os.environ.get("LOG_LEVEL", "INFO")},
    "loggers": {"jieba": {"level": "WARNING"}, "axes": {"level": "WARNING"}},
}
