"""The six languages, by the names that others give them: addresses, HTML, Babel."""

from django.conf import settings

LANGUAGE_CODES = [code for code, _name in settings.LANGUAGES]
PREFIX_OF_LANGUAGE = {code: code.partition("-")[0] for code in LANGUAGE_CODES}  # in addresses and files: `/zh/`
LANGUAGE_OF_PREFIX = {prefix: code for code, prefix in PREFIX_OF_LANGUAGE.items()}
HTML_LANG = {code: code for code in LANGUAGE_CODES} | {"zh-hans": "zh-Hans"}
# English is printed the way the Union prints it.
BABEL_LOCALES = {"ar": "ar_001", "en": "en_GB", "es": "es", "fr": "fr", "ru": "ru", "zh-hans": "zh_Hans"}
