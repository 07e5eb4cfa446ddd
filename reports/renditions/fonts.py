"""Fonts in a PDF without copies of their files: WeasyPrint takes one of each font; the two for Chinese have 40 MB.

It reads the bytes of a font through `get_hb_object_data`, and uses only those of the part that it embeds.
"""

from functools import partial


def copy_only_what_is_embedded():
    """From now on, for this process."""
    from weasyprint.pdf import fonts, stream

    if issubclass(stream.Font, _ReadLate):
        return

    class Font(_ReadLate, fonts.Font):
        pass

    fonts.get_hb_object_data = partial(partial, fonts.get_hb_object_data)
    stream.Font = Font


class _ReadLate:
    """Its content is read from the face, whole or in part, when it is asked for."""

    @property
    def file_content(self):
        return self._content() if callable(self._content) else self._content

    @file_content.setter
    def file_content(self, content):
        self._content = content
