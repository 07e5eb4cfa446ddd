"""Column widths of a table, reckoned from its words, so that a PDF need not lay out every cell to find them.

A word, and a cell of a few words such as “not recorded”, is not broken as long as there is room.
"""

import unicodedata

SHORT = 14  # characters: a cell up to this length stays on one line
MOST_OF_A_WORD, MOST_OF_A_CELL = 22, 60
AROUND = 3  # characters: what stands free on both sides of a cell
LINE = 112  # characters: about as many stand side by side on the page


def shares(columns, rows):
    """The width of each column in per cent of the table; together 100. Rows may be shorter than the columns."""
    broken, least, wished = [], [], []
    for place, name in enumerate(columns):
        cells = [f"{name} ", *(row[place] for row in rows if place < len(row))]  # a name is bold: a little wider
        lengths = [_long(cell) for cell in cells]
        short = [length for length in lengths if length <= SHORT]
        words = [_long(word) for cell in cells for word in cell.split()]
        words = [length + length // 8 for length in words]  # without the spaces, which are thin
        broken.append(min(max([3, *words]), MOST_OF_A_WORD) + AROUND)
        least.append(min(max([3, *short, *words]), MOST_OF_A_WORD) + AROUND)
        wished.append(min(max(lengths), MOST_OF_A_CELL) + AROUND)
    widths = _between(least, wished) if sum(least) <= LINE else _between(broken, least)
    return [round(100 * width / sum(widths), 2) for width in widths]


def _between(least, wished):
    """As wide as wished where all fit; else no less than needed, and the rest to those that wish more."""
    if sum(wished) <= LINE:
        return wished
    spare, more = LINE - sum(least), sum(wished) - sum(least)
    if spare <= 0 or not more:
        return least
    return [low + spare * (high - low) / more for low, high in zip(least, wished, strict=True)]


def _long(text):
    """In small letters: capitals are wider, and Chinese characters twice as wide."""
    if text.isascii():
        return len(text) + sum(map(str.isupper, text)) // 3
    return sum(1 + (unicodedata.east_asian_width(one) in "WF") for one in text)
