"""What a program is, by its name or its first bytes; and what alone may be packed in a file."""

import re

_ENDINGS = (
    *(".exe", ".dll", ".com", ".scr", ".msi", ".msix", ".bat", ".cmd", ".ps1", ".psm1", ".vbs", ".vbe", ".js", ".jse"),
    *(".jar", ".hta", ".wsf", ".wsh", ".lnk", ".pif", ".cpl", ".reg", ".chm", ".sh", ".app", ".apk", ".dmg"),
    *(".iso", ".img", ".vhd", ".vhdx", ".jnlp", ".url", ".settingcontent-ms", ".library-ms", ".search-ms", ".msc"),
    *(".application", ".appref-ms", ".gadget", ".inf", ".py", ".pyw", ".xll", ".ppam"),
    *(".docm", ".dotm", ".xlsm", ".xltm", ".xlam", ".pptm", ".potm", ".ppsm"),  # with macros
)
_PACKED = (
    *(".pdf", ".docx", ".xlsx", ".pptx", ".csv", ".tsv", ".txt", ".json"),
    *(".png", ".jpg", ".jpeg", ".gif", ".tif", ".tiff", ".bmp", ".webp"),
)
_PICTURES = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*", b"BM", b"RIFF")
_NO_TEXT = re.compile(rb"[\0-\x08\x0e-\x1f]")
_NO_TEXT_OF_UTF_16 = re.compile(r"[\0-\x08\x0e-\x1f]")
_MARKS = (b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"\xfe\xed\xfa", b"\xce\xfa\xed\xfe", b"\xcf\xfa\xed\xfe")


def name_says_program(name):
    """Whether a file of this name would be run."""
    return name.lower().rstrip(" .\0").endswith(_ENDINGS)


def is_program(head):
    """Whether a content that begins so is run."""
    return head.startswith(_MARKS)


def may_be_packed(name):
    """Whether a file of this name opens in a program that shows documents, texts or pictures."""
    return name.lower().rstrip(" .\0").endswith(_PACKED)


def is_picture(head):
    """Whether a content that begins so is a picture."""
    return head.startswith(_PICTURES)


def is_text(content):
    """Whether the bytes are a text, in UTF-16 if a mark says so, else in UTF-8 or an encoding of one byte a letter."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return not _NO_TEXT_OF_UTF_16.search(content.decode("utf-16", "replace"))
    return not _NO_TEXT.search(content)
