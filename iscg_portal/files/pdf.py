"""What of a PDF would act: its scripts, the programs that it starts or brings along, and where it goes by itself.

Actions hang on the document, its pages, notes, fields, names and bookmarks, and each may have others that follow. So
everything that can be reached is looked at, but for what holds texts and pictures alone. A value may stand in place or
be a reference to it: `dict.get` of pypdf gives the reference, so all is read through `_value`.
"""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from iscg_portal.files.programs import is_program, may_be_packed, name_says_program

_NO_ACTIONS = {"/StructTreeRoot", "/Resources", "/Contents", "/Metadata", "/Thumb", "/AP", "/P", "/PieceInfo"}
_SCRIPTS = {"/JavaScript", "/RichMediaExecute"}
_STARTS = {"/Launch", "/ImportData"}
_GOES_OUT = {"/URI", "/SubmitForm", "/GoToR", "/GoToE"}
_HOLD_SCRIPTS = ("/XFA", "/OnInstantiate")
_MOST_REFERENCES = 20  # to a reference, to a reference …; readers follow fewer


def refuse_what_acts(reader, check_inside):
    """Refuse a PDF, open in pypdf, that would run something. `check_inside` judges a file that is packed in it.

    Errors: ValidationError, and those of pypdf for what cannot be read.
    """
    for one in _dictionaries(reader.trailer):
        kind = _value(one, "/S")
        is_script = kind in _SCRIPTS or (kind == "/Rendition" and "/JS" in one)
        if is_script or _value(one, "/Subtype") == "/RichMedia" or any(name in one for name in _HOLD_SCRIPTS):
            raise ValidationError(_("The PDF has a script in it. Print it into a new PDF, and send that."))
        if kind in _STARTS:
            raise ValidationError(_("The PDF starts a program. Print it into a new PDF, and send that."))
        if "/EF" in one:
            _check_packed(one, check_inside)
        _refuse_going_out(one)


def _resolved(value):
    """What stands there, where the value is a reference."""
    for _time in range(_MOST_REFERENCES):
        if not hasattr(value, "idnum"):
            return value
        value = value.get_object()
    return None


def _value(dictionary, name):
    return _resolved(dictionary.raw_get(name)) if name in dictionary else None


def _dictionaries(trailer):
    """Each dictionary that can be reached, once."""
    seen, waiting = set(), [trailer]
    while waiting:
        one = waiting.pop()
        if hasattr(one, "idnum"):
            if (one.idnum, one.generation) in seen:
                continue
            seen.add((one.idnum, one.generation))
            one = _resolved(one)
        if isinstance(one, dict):
            yield one
            waiting += [one.raw_get(name) for name in one if name not in _NO_ACTIONS]
        elif isinstance(one, list):
            waiting += one


def _refuse_going_out(holder):
    """What is done by itself, when the file or a page is opened or left, and all that follows."""
    additional = _value(holder, "/AA")
    waiting, seen = [_value(holder, "/OpenAction")], set()
    waiting += additional.values() if isinstance(additional, dict) else []
    while waiting:
        one = _resolved(waiting.pop())
        if not isinstance(one, dict) or id(one) in seen:  # such as the page to begin with
            continue
        seen.add(id(one))  # pypdf keeps what it has read
        if _value(one, "/S") in _GOES_OUT:
            raise ValidationError(
                _("The PDF goes to another place by itself when it is opened. Print it into a new PDF, and send that.")
            )
        following = _value(one, "/Next")
        waiting += following if isinstance(following, list) else [following]


def _check_packed(one, check_inside):
    """A file that is packed in the PDF: no program, and nothing that may not come alone."""
    names = [str(_value(one, name)) for name in ("/F", "/UF", "/DOS", "/Unix", "/Mac") if name in one]
    for stream in _value(one, "/EF").values():
        content = _resolved(stream).get_data()
        if is_program(content) or any(map(name_says_program, names)):
            raise ValidationError(_("The PDF has a program attached to it. Save it without the attachment."))
        try:
            if not (names and all(map(may_be_packed, names))):
                raise ValidationError(not_to_be_packed())
            check_inside(content)
        except ValidationError as refusal:
            message = _("A file inside this one cannot be kept (%(name)s): %(sentence)s")
            values = {"name": (names or ["?"])[0][:80], "sentence": refusal.messages[0]}
            raise ValidationError(message % values) from None


def not_to_be_packed():
    return _("Only PDF, DOCX, XLSX, PPTX, CSV, text and pictures may be packed in a file.")
