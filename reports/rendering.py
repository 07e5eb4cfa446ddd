"""The files of a published report, made from its frozen content: what is there already is not made again."""

import io

from iscg_portal.file_checks import KINDS
from iscg_portal.history import save_with_reason
from iscg_portal.language_prefix import LANGUAGE_OF_PREFIX
from iscg_portal.stored_files import keep, nothing_half_stored
from reports.models import ReportFile
from reports.renditions.docx import docx
from reports.renditions.json_file import checked
from reports.renditions.pdf import pdf

MAKERS = {"pdf": pdf, "docx": docx}


def render(report):
    """Make the missing PDF and DOCX in each language of the content; gives all files.

    The hash of the content is checked first. Each file is stored whole or not at all, so that what was killed
    halfway is taken up by the next call. Errors: RenditionError.
    """
    content = checked(report.content.encode(), report.content_sha256)
    there = set(report.files.values_list("language", "kind"))
    for prefix in content["languages"]:
        for kind, make in MAKERS.items():
            language = LANGUAGE_OF_PREFIX[prefix]
            if (language, kind) in there:
                continue
            data = make(content, prefix)
            with nothing_half_stored():
                stored = keep(io.BytesIO(data), KINDS[kind])
                if not report.files.filter(language=language, kind=kind).exists():
                    save_with_reason(ReportFile(report=report, language=language, stored=stored, kind=kind))
    return list(report.files.select_related("stored", "report"))
