"""Resolutions cited as the Union prints them in running text, in the active language (clause B1)."""

from django.utils.translation import get_language, gettext

from iscg_portal.fixed_terms import place_name, term


def full_citation(resolution) -> str:
    """“Résolution 44 (Rév. Hammamet, 2016) de l’AMNT”; for a row read `on` a day, with its text of that day."""
    return _full(resolution, resolution.text_of_day)


def cited(resolution) -> str:
    """The resolution without its text: in English the short “PP Res. 191” of our lists, else as running text has it."""
    return resolution.citation if (get_language() or "en") == "en" else _full(resolution, None)


def cited_text(resolution, text) -> str:
    """The resolution with one of its texts, as `cited`: “PP Res. 191 (Rev. Bucharest, 2022)”, “第191号决议（…）”."""
    return text.citation_of(resolution) if (get_language() or "en") == "en" else _full(resolution, text)


def cited_shortly(body, number) -> str:
    """As in the theme rule: “WTSA 72”, “Rés. 72 (AMNT)”, “Рез. 72 (ВАСЭ)”."""
    return term(f"short/{body}", "{number}").format(number=number)


def adopted(text) -> str:
    """“Rev. Bucharest, 2022”, “Пересм. Бухарест, 2022 г.”, “2022年，布加勒斯特，修订版”."""
    words = {"place": place_name(text.place), "year": text.year}
    if text.revised is None and not text.number:
        return gettext("%(place)s, %(year)s; original or revision: not known") % words
    return term("citation/revised" if text.revised else "citation/adopted").format(**words)


def _full(resolution, text):
    number = f"{resolution.number or ''}{f'-{text.number}' if text and text.number else ''}"
    with_text = term("citation/text").format(adopted=adopted(text)) if text else ""
    return term(f"citation/{resolution.body}", term("citation/PP")).format(number=number, text=with_text)
