"""What the parts of an Office archive are to each other, and what of it would act by itself.

A part names others, inside the archive or anywhere, by relationships. All of them are looked through: a template or a
picture on another computer is fetched as soon as the file is opened, and an object runs the program that made it. A
link on which a reader clicks is none of that, and what lies on the author's own disk is not found on the reader's.
"""

import re
from pathlib import PurePosixPath
from typing import NamedTuple
from urllib.parse import unquote
from xml.parsers import expat

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from iscg_portal.files.instructions import Instructions, refuse_doctype
from iscg_portal.files.programs import is_program, name_says_program

LARGEST_LIST = 2_000_000  # bytes of the list of types, or of the relationships of a part
_ON_CLICK = {"hyperlink"}
_WEB = ("http:", "https:", "mailto:")
_OBJECTS = {"oleobject", "control", "activexcontrolbinary"}
_PROGRAMS = {"vbaproject", "webextension", "webextensiontaskpanes"}
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]{1,40}):", re.IGNORECASE)
_DRIVE = re.compile(r"/{0,3}[a-z]:", re.IGNORECASE)
_ROOT = re.compile("///(?!/)")
_ENDINGS_OF_XML = {".xml", ".rels", ".vml"}
_TYPES_OF_XML = ("/xml", "+xml", "vmldrawing")
_INSIDE = {"data", "cid"}  # what stands in the file itself, or stood in a mail


class Relationship(NamedTuple):
    """What a part says of another: in which part it stands, the last word of its type, and where it leads."""

    source: str
    kind: str
    target: str
    is_external: bool

    @property
    def starts_a_program(self):
        """Whether it leads to a program by its name; a name on the web is none, such as that of a `.com`."""
        on_the_web = self.kind in _ON_CLICK and self.target.strip().lower().startswith(_WEB)
        return self.is_external and not on_the_web and name_says_program(self.target)

    @property
    def part(self):
        """The name of the part inside the archive."""
        if self.target.startswith("/"):
            return self.target[1:]
        parts = list(PurePosixPath(self.source).parent.parent.parts)
        for word in self.target.split("/"):
            if word == "..":
                del parts[-1:]
            elif word not in ("", "."):
                parts.append(word)
        return "/".join(parts)


def elements(archive, name):
    """(name without namespace, attributes) of each element of a small part. Errors: ValueError, KeyError."""
    if archive.getinfo(name).file_size > LARGEST_LIST:
        raise ValueError(f"{name} is too large")
    found = []
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = lambda element, given: found.append((element.rpartition(" ")[2], given))
    parser.StartDoctypeDeclHandler = refuse_doctype
    try:
        parser.Parse(archive.read(name), True)
    except (expat.ExpatError, LookupError) as error:  # or of an encoding that nobody knows
        raise ValueError(f"{name} is not well formed") from error
    return found


def is_remote(target):
    """Whether a target leads to another computer."""
    target = unquote(target.strip()).replace("\\", "/")
    scheme = _SCHEME.match(target)
    if not scheme:
        return target.startswith("//")
    if scheme[1].lower() != "file":
        return scheme[1].lower() not in _INSIDE
    path = target[scheme.end() :]
    return path.startswith("//") and not _DRIVE.match(path) and not _ROOT.match(path)


def names_of_xml(archive):
    """The names of the parts that are XML: as the list of types says, or by their ending. Errors: ValueError."""
    types = elements(archive, "[Content_Types].xml") if "[Content_Types].xml" in archive.NameToInfo else []
    said = {}  # a type, by the name of a part with its slash or by an ending
    for _element, given in types:
        of = given.get("PartName") or f".{given.get('Extension', '')}"
        said[unquote(of).lower()] = given.get("ContentType", "").partition(";")[0].strip().lower()
    for name in archive.namelist():
        ending = PurePosixPath(name.lower()).suffix
        kind = said.get(f"/{name.lower()}") or said.get(ending, "")
        if ending in _ENDINGS_OF_XML or kind.endswith(_TYPES_OF_XML):
            yield name


def relationships(archive):
    """Every `Relationship` of an open archive. Errors: ValueError."""
    for name in archive.namelist():
        if name.lower().endswith(".rels"):
            for element, given in elements(archive, name):
                if element == "Relationship":
                    kind = given.get("Type", "").rstrip("/").rpartition("/")[2].lower()
                    external = given.get("TargetMode", "").lower() == "external"
                    yield Relationship(name, kind, given.get("Target", ""), external)


def refuse_what_acts(archive, check_inside):
    """Refuse what fetches something, or runs a program, when the file is opened or at a click that says nothing of it.

    `check_inside` judges a file that is packed in it, by its content. Errors: ValidationError, ValueError.
    """
    for one in relationships(archive):
        if one.kind in _PROGRAMS or one.starts_a_program:
            raise ValidationError(carries_a_program())
        if one.kind in _OBJECTS:
            raise ValidationError(
                _(
                    "The file has an object of another program in it, which runs that program. Put a picture in its"
                    " place, or save the file as PDF."
                )
            )
        if one.is_external and one.kind not in _ON_CLICK and is_remote(one.target):
            raise ValidationError(_loads(one.target, one.kind))
        if one.kind == "afchunk":
            raise ValidationError(
                _("The file takes up another file when it is opened. Open it in Word and save it anew, or as PDF.")
            )
        if one.kind == "package" and not one.is_external:
            _check_packed(archive, one.part, check_inside)
    for name in names_of_xml(archive):
        _refuse_instructions(archive.read(name))


def _loads(target, kind=""):
    if kind == "attachedtemplate":
        return _(
            "The file fetches its template from elsewhere as soon as it is opened (%(target)s). Take the template off"
            " and save the file anew."
        ) % {"target": target[:80]}
    return _(
        "The file fetches something from elsewhere as soon as it is opened (%(target)s). Put it into the file itself,"
        " or save it as PDF."
    ) % {"target": target[:80]}


def _check_packed(archive, name, check_inside):
    if name not in archive.NameToInfo:
        return
    content = archive.read(name)
    if is_program(content):
        raise ValidationError(carries_a_program())
    try:
        check_inside(content)
    except ValidationError as refusal:
        message = _("A file inside this one cannot be kept (%(name)s): %(sentence)s")
        values = {"name": PurePosixPath(name).name, "sentence": refusal.messages[0]}
        raise ValidationError(message % values) from None


def _refuse_instructions(content):
    said = Instructions(content)
    if said.runs:
        raise ValidationError(carries_a_program())
    if said.has_dde:
        raise ValidationError(_("A field of the file starts another program (DDE). Remove the field."))
    for target in filter(is_remote, said.targets()):
        raise ValidationError(_loads(target))


def carries_a_program():
    return _("The file carries macros or a program. Save it without them.")
