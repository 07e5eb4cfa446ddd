"""The fixed words around a report, in the six languages; keys of languages are those of the addresses.

Words of another script in an Arabic report are isolated, so that their marks stay on their side.
"""

import re
import unicodedata
from datetime import date

from django.utils.translation import override

from iscg_portal.fixed_terms import document_number, place_name, term, with_initials
from iscg_portal.languages import HTML_LANG, LANGUAGE_OF_PREFIX, format_day, with_colon, with_commas
from iscg_portal.mail.outbox import END, ISOLATE
from iscg_portal.tenure.dates import A_DAY, print_days

RIGHT_TO_LEFT = "\u2067"  # an isolate too
_LATIN, _ARABIC = re.compile("[A-Za-z\u00c0-\u052f]"), re.compile("[\u0600-\u06ff]")
BETWEEN_TAGS = re.compile(r"(?<=>)[^<>]+(?=<)")
GROUP = {
    "ar": "فريق التنسيق بين القطاعات المعني بالمسائل ذات الاهتمام المشترك",
    "en": "Inter-Sector Coordination Group on issues of mutual interest",
    "es": "Grupo de Coordinación Intersectorial sobre temas de interés mutuo",
    "fr": "Groupe de coordination intersectorielle sur les questions d’intérêt mutuel",
    "ru": "Межсекторальная координационная группа по вопросам, представляющим взаимный интерес",
    "zh": "共同关心问题跨部门协调组",
}
WORDS = {
    "number": ("الوثيقة", "Document", "Documento", "Document", "Документ", "文件"),
    "date": ("التاريخ", "Date", "Fecha", "Date", "Дата", "日期"),
    "original": ("الأصل", "Original", "Original", "Original", "Оригинал", "原文"),
    "source": ("المصدر", "Source", "Origen", "Source", "Источник", "来源"),
    "title": ("العنوان", "Title", "Título", "Titre", "Название", "标题"),
    "purpose": ("الغرض", "Purpose", "Objeto", "Objet", "Назначение", "目的"),
    "contact": ("للاتصال", "Contact", "Contacto", "Contact", "Контакт", "联系方式"),
    "period": ("الفترة", "Period", "Periodo", "Période", "Период", "期间"),
    "contents": ("المحتويات", "Contents", "Índice", "Table des matières", "Содержание", "目录"),
    "annex": ("الملحق", "Annex", "Anexo", "Annexe", "Приложение", "附件"),
    "page": ("الصفحة", "Page", "Página", "Page", "Страница", "页"),
    "header": ("رأسية الوثيقة", "About this document", "Datos del documento", "Fiche du document")
    + ("Сведения о документе", "文件信息"),
}
VALUES = {  # what stands in the head of every report, as the frozen content names it
    "Chair, ISCG": ("رئيس فريق ISCG", "Chair, ISCG", "Presidente del ISCG", "Président de l’ISCG")
    + ("Председатель ISCG", "ISCG主席"),
    "ISCG secretariat": ("أمانة فريق ISCG", "ISCG secretariat", "Secretaría del ISCG", "Secrétariat de l’ISCG")
    + ("Секретариат ISCG", "ISCG秘书处"),
    "Information": ("للعلم", "Information", "Información", "Information", "Для информации", "信息"),
}
OTHERWISE = {"Chair of the ISCG": "Chair, ISCG"}
OTHERWISE |= dict.fromkeys(("Secretariat", "Secretariat of the ISCG"), "ISCG secretariat")
OF_COORDINATOR = ("منسق الموضوع {}", "Coordinator of {}", "Coordinador del tema {}", "Coordonnateur du sujet {}")
OF_COORDINATOR += ("Координатор по теме {}", "议题{}协调人")
_COORDINATOR = re.compile(r"Coordinator (?:of|for) (?:the subject )?([A-Z][A-Z0-9-]*)")
_UNIT = re.compile(r"(ITU-[RTD]) (SG|WP) ?([0-9]{1,2}[A-Z]?)")
_ORDER = ("ar", "en", "es", "fr", "ru", "zh")


def word(name, lang):
    """The fixed word in the language."""
    return WORDS[name][_ORDER.index(lang)]


def value(said, lang):
    """Who submitted a paper or does something, in the language as far as its words are known: “CE 5 de l’UIT-T”."""
    place, language = _ORDER.index(lang), LANGUAGE_OF_PREFIX[lang]
    if (known := OTHERWISE.get(said, said)) in VALUES:
        return VALUES[known][place]
    if found := _COORDINATOR.fullmatch(said):
        return OF_COORDINATOR[place].format(found[1])
    if found := _UNIT.fullmatch(said):
        sector = term(f"initials/{found[1]}", found[1], language)
        return term(f"unit/{found[2]}", "", language).format(sector=sector, number=found[3])
    return with_initials(said, language)


def direction_of(text):
    """`rtl` or `ltr`, as its first letter has it."""
    letters = (unicodedata.bidirectional(one) for one in text)
    first = next((letter for letter in letters if letter in ("L", "R", "AL")), "L")
    return "ltr" if first == "L" else "rtl"


def html_lang(lang):
    """The language as HTML and PDF name it."""
    return HTML_LANG[LANGUAGE_OF_PREFIX[lang]]


def day(text, lang):
    """The ISO day as it is written in the language; "" for none."""
    return format_day(date.fromisoformat(text), "long", LANGUAGE_OF_PREFIX[lang]) if text else ""


def print_period(period, lang):
    """The period of a frozen report with both days inside: “1 January – 31 December 2026”. `from` is the day before."""
    first, last = date.fromisoformat(period["from"]) + A_DAY, date.fromisoformat(period["to"])
    with override(LANGUAGE_OF_PREFIX[lang]):
        return print_days(first, last)


def union(lang):
    """What stands above the name of the group: “ITU · ISCG”, “UIT · ISCG”."""
    return f"{term('initials/ITU', 'ITU', LANGUAGE_OF_PREFIX[lang])} · ISCG"


def heading(section, lang):
    """Number and title of a section: “1 Summary”, “Annex A: Composition”."""
    number, title = section.get("number", ""), section["title"]
    if section.get("annex") and number:
        with override(LANGUAGE_OF_PREFIX[lang]):
            return with_colon(f"{word('annex', lang)}{'' if lang == 'zh' else ' '}{number}", title)
    return f"{number} {title}" if number else title


def full_title(tree, lang):
    """“Corrigendum 1: Corrections to: …”; a whole report has its title alone."""
    with override(LANGUAGE_OF_PREFIX[lang]):
        return with_colon(tree.get("heading", ""), tree["title"])


def running_head(content, lang):
    """What stands above each page but the first: the number of the document; of one without a number its title."""
    number = document_number(content.get("number", ""), LANGUAGE_OF_PREFIX[lang])
    return isolated(number or full_title(content["languages"][lang], lang), lang)


def header_rows(content, lang):
    """[(label, value)] of the block at the head of the document; rows without a value are left out."""
    period = content.get("period")  # a handover file has none
    original = content["original_language"]
    language = LANGUAGE_OF_PREFIX[lang]
    place = isolated(place_name(content.get("place", ""), language), lang)
    with override(language):
        dated = with_commas([place, day(content.get("dated_on"), lang)])
    rows = [
        ("number", document_number(content.get("number", ""), language)),
        ("date", dated),
        ("original", term(f"language/{original}", original, language)),
        ("source", value(content.get("source", ""), lang)),
        ("title", full_title(content["languages"][lang], lang)),
        ("period", print_period(period, lang) if period else ""),
        ("purpose", value(content.get("purpose", ""), lang)),
        ("contact", content.get("contact", "")),
    ]
    return [(word(name, lang), value) for name, value in rows if value]


def address_in(content, lang):
    """The address of the report's page in the language."""
    return content.get("address", "").replace(f"/{content['original_language']}/", f"/{lang}/", 1)


def isolated_in(html, lang):
    """The HTML with each of its texts isolated."""
    return BETWEEN_TAGS.sub(lambda found: isolated(found[0], lang), html) if lang == "ar" else html


def isolated(text, lang):
    """The text for a report in the language: isolated in Arabic unless it is all Arabic, or has parts that are.

    What has Arabic words in it, as “Ms Ina Sample (كينيا)” has, runs from right to left.
    """
    if lang != "ar" or not text or any(one in text for one in (ISOLATE, RIGHT_TO_LEFT)) or not _LATIN.search(text):
        return text
    return f"{RIGHT_TO_LEFT if _ARABIC.search(text) else ISOLATE}{text}{END}"
