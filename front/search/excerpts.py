"""What a hit shows: its title and a piece of its text, with the words that were looked for marked in them."""

from django.utils.html import format_html, format_html_join

from iscg_portal.search.folding import folded, is_arabic, is_han

LENGTH, BEFORE = 240, 70  # characters of a piece, and of those before the first word
LENGTH_OF_HAN = 90
BLOCK, OVERLAP = 4_000, 100
MOST_BLOCKS, MOST_BLOCKS_AFTER = 60, 3  # that are looked through, and after one with some of the words
SHORTEST_BEGINNING = 4


class Folded:
    """A text beside its folded form, and where each folded letter stands in it."""

    def __init__(self, text):
        self.text, self.folded = text, folded(text)
        self.places = None
        if len(self.folded) != len(text):
            lengths = [len(folded(letter)) for letter in text]
            self.places = [at for at, length in enumerate(lengths) for _number in range(length)]

    def spans(self, words):
        """Pairs (start, end) of the words in the text, in their order; none overlaps another."""
        found = sorted(span for word in words for span in self.spans_of(word))
        last = 0
        for start, end in found:
            if start >= last:
                yield self._place(start), self._place(end - 1) + 1
                last = end

    def _place(self, at):
        return at if self.places is None else self.places[at]

    def spans_of(self, word):
        """A word is marked to its end where it begins so; in Chinese and Arabic just what was looked for."""
        inside, at = is_han(word) or is_arabic(word), 0
        while (at := self.folded.find(word, at)) >= 0:
            end = at + len(word)
            start = self._before_zeros(at) if word.isdigit() else at
            if inside:
                yield at, end
            elif not self._is_letter(start - 1):
                whole = self._end_of_word(end)
                if whole == end or (len(word) >= SHORTEST_BEGINNING and not word.isdigit()):
                    yield start, whole
            at = end

    def _is_letter(self, at):
        return 0 <= at < len(self.folded) and self.folded[at] != " "

    def _before_zeros(self, at):
        """“03” is found as 3."""
        while at and self.folded[at - 1] == "0":
            at -= 1
        return at

    def _end_of_word(self, at):
        while self._is_letter(at):
            at += 1
        return at


def marked(text, words):
    """The text as HTML, with each of the words in `mark`."""
    return _with_marks(str(text), list(Folded(str(text)).spans(words)))


def _with_marks(text, spans):
    bounds = [0, *(place for span in spans for place in span), len(text)]
    pieces = [(text[start:end], at % 2) for at, (start, end) in enumerate(zip(bounds, bounds[1:], strict=False))]
    return format_html_join(
        "", "{}", ((format_html("<mark>{}</mark>", one) if inside else one,) for one, inside in pieces)
    )


def piece_of(text, words):
    """The piece of the text in which most of the words stand, as HTML; blank where none of them does."""
    best, most, last = None, 0, len(text)
    for start in range(0, min(len(text), BLOCK * MOST_BLOCKS), BLOCK):
        block = Folded(text[start : start + BLOCK + OVERLAP])
        number = sum(next(block.spans_of(word), None) is not None for word in words)
        if number > most:
            best, most, last = block, number, start + BLOCK * MOST_BLOCKS_AFTER
        if most == len(words) or start >= last:
            break
    return _cut(best, words) if best else ""


def _cut(block, words):
    spans = list(block.spans(words))
    if not spans:
        return ""
    length = LENGTH_OF_HAN if is_han(folded(block.text[spans[0][0]])) else LENGTH
    start = _most_within(spans, length)
    begin = max(0, start - min(BEFORE, length // 3))
    if begin:
        space = block.text.find(" ", begin, start)
        begin = space + 1 if space >= 0 else begin
    end = begin + length
    if end < len(block.text):
        space = block.text.rfind(" ", spans[0][1], end)
        end = space if space > start else end
    inside = [(one - begin, two - begin) for one, two in spans if begin <= one and two <= end]
    text = block.text[begin:end].replace("\n", " ")
    dots = ("… " if begin else "", " …" if end < len(block.text) else "")
    return format_html("{}{}{}", dots[0], _with_marks(text, inside), dots[1])


def _most_within(spans, length):
    """Where the piece begins that has most of the spans."""
    counts = [
        sum(start <= other < start + length for other, _end in spans[at : at + 40])
        for at, (start, _e) in enumerate(spans)
    ]
    return spans[counts.index(max(counts))][0]
