"""Reading the header of a document in ISCG form from its DOCX."""

from meetings.docx_headers.reading import READ, Header, read_header
