"""What a program is, by its name or its first bytes."""

_ENDINGS = (
    *(".exe", ".dll", ".com", ".scr", ".msi", ".msix", ".bat", ".cmd", ".ps1", ".psm1", ".vbs", ".vbe", ".js", ".jse"),
    *(".jar", ".hta", ".wsf", ".wsh", ".lnk", ".pif", ".cpl", ".reg", ".chm", ".sh", ".app", ".apk", ".dmg"),
    *(".docm", ".dotm", ".xlsm", ".xltm", ".xlam", ".pptm", ".potm", ".ppsm"),  # with macros
)
_MARKS = (b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"\xfe\xed\xfa", b"\xce\xfa\xed\xfe", b"\xcf\xfa\xed\xfe")


def name_says_program(name):
    """Whether a file of this name would be run."""
    return name.lower().rstrip(" .\0").endswith(_ENDINGS)


def is_program(head):
    """Whether a content that begins so is run."""
    return head.startswith(_MARKS)
