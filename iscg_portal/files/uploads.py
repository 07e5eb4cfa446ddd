"""What a request may bring: too much is refused before it is read, what was cut off is refused as a whole.

The names of uploaded files are judged as they were sent: Django would mend them silently.
"""

from tempfile import TemporaryFile

from django import forms
from django.core.exceptions import BadRequest, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, TemporaryFileUploadHandler
from django.http.multipartparser import MultiPartParser, MultiPartParserError
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from iscg_portal.files.checks import LARGEST_FILE, check_name, kind_of
from iscg_portal.web.errors import length_required, too_large

LARGEST_REQUEST = LARGEST_FILE + 1_000_000  # the file, and the form around it
DRAINED = 4_000_000


class RefuseLargeRequestsMiddleware:
    """A sentence for a request that brings more than any page takes, before it is read.

    413 where it says so, and 411 where it comes in pieces and does not say how much they are together.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length == "0" and request.headers.get("Transfer-Encoding"):
            response = length_required(request)
            response["Connection"] = "close"
            return response
        if not (length.isascii() and length.isdigit() and int(length) > LARGEST_REQUEST):
            return self.get_response(request)
        request.read(DRAINED)  # what is on its way already, or many a browser would not look at the answer
        response = too_large(request, LARGEST_FILE // 1_000_000)
        response["Connection"] = "close"
        return response


class CutOff(MultiPartParserError, BadRequest):
    """Less arrived than was announced."""


class CarefulUploadHandler(FileUploadHandler):
    """The first handler: reads the form itself, with the other handlers, and watches names and length."""

    def handle_raw_input(self, input_data, META, content_length, boundary, encoding=None):
        others = [handler for handler in self.request.upload_handlers if handler is not self]
        stream = _Counted(input_data)
        parser = _NamesAsSent(META, stream, others, encoding)
        posted, files = parser.parse()
        if stream.count < content_length:
            for _name, file in files.items():
                file.close()
            raise CutOff(_("The upload was cut off before its end. Nothing was kept; send it again."))
        for _name, uploads in files.lists():
            for upload in uploads:
                upload.name_refusal = parser.refused.get(upload.name)
        return posted, files

    def receive_data_chunk(self, raw_data, start):
        return raw_data

    def file_complete(self, file_size):
        return None


class UnnamedUploadHandler(TemporaryFileUploadHandler):
    """Keeps a large upload in a file that has no name: whatever happens to the process, nothing of it is left over."""

    def new_file(self, *args, **kwargs):
        FileUploadHandler.new_file(self, *args, **kwargs)
        self.file = UploadedFile(
            TemporaryFile(), self.file_name, self.content_type, 0, self.charset, self.content_type_extra
        )

    def upload_interrupted(self):
        if hasattr(self, "file"):
            self.file.close()


class _Counted:
    def __init__(self, stream):
        self.stream, self.count = stream, 0

    def read(self, *size):
        content = self.stream.read(*size)
        self.count += len(content)
        return content


class _NamesAsSent(MultiPartParser):
    """Remembers why the name of a file is refused, by the name as Django mends it."""

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.refused = {}

    def sanitize_file_name(self, file_name):
        mended = super().sanitize_file_name(file_name)
        try:
            check_name(file_name)
        except ValidationError as refusal:
            mended = (mended or "file")[-100:]
            self.refused[mended] = refusal.messages[0]
        return mended


class CheckedFileField(forms.FileField):
    """A file judged by its content: `cleaned_data` has the upload with its `kind` (`checks.FileKind`)."""

    def __init__(self, **options):
        super().__init__(**{"allow_empty_file": True, **options})  # the check says it in its own words

    def to_python(self, data):
        upload = super().to_python(data)
        if upload is not None:
            if getattr(upload, "name_refusal", None):
                raise ValidationError(upload.name_refusal)
            upload.kind = kind_of(upload.file, upload.name)
        return upload


class PaperField(CheckedFileField):
    """A paper or report as PDF or DOCX; it says so itself."""

    def __init__(self, **options):
        widget = forms.FileInput(attrs={"accept": ".pdf,.docx"})
        super().__init__(
            **{"label": gettext_lazy("File"), "help_text": lazy(_kinds_and_size, str)(), "widget": widget, **options}
        )


def _kinds_and_size():
    said = _("PDF or DOCX without macros and without a password, at most %(most)d MB.")
    return said % {"most": LARGEST_FILE // 1_000_000}
