"""The picture of who sends whom: the bodies around the group, and what goes from one to the other (F3, A0-A4, C1)."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from iscg_portal.web.drawing import SPACED, Drawing, TextLine, stacked, text_width, wrapped

NAME, LABEL = 14, 12
LINE = 18.2  # from one line of a name to the next


@dataclass(frozen=True)
class Body:
    """A box with its name; `css` says whether it is the group itself."""

    x: float
    y: float
    width: float
    height: float
    css: str
    lines: list[TextLine]


@dataclass(frozen=True)
class Way:
    """An arrow as points, with what goes along it."""

    points: str
    anchor: str
    lines: list[TextLine]


@dataclass(frozen=True)
class SendingPicture:
    """Everything the template draws."""

    shape: str
    width: int
    height: int
    bodies: list[Body]
    ways: list[Way]


def draw_sending(*, rtl=False) -> Drawing:
    """Who sends whom, for wide and for narrow screens."""
    return Drawing("components/_svg_sending.html", (_lay_out("wide", rtl), _lay_out("narrow", rtl)))


def _names():
    return {
        "members": _("Member States, Sector Members"),
        "groups": _("RAG, TSAG, TDAG"),
        "iscg": _("ISCG: Chair and six representatives"),
        "directors": _("Directors of the Bureaux, task force"),
        "coordinators": _("Coordinators, Focal Points"),
        "secretariat": _("Secretariat focal points"),
    }


# (x, y, width, height) of each box, and of each way its points and the place of its label: x, y, width, anchor, rising.
PLACES = {
    "wide": {
        "members": (330, 4, 220, 56),
        "groups": (0, 150, 190, 76),
        "iscg": (330, 150, 220, 76),
        "directors": (690, 150, 190, 76),
        "coordinators": (330, 330, 220, 64),
        "secretariat": (690, 330, 190, 64),
    },
    "narrow": {
        "groups": (30, 4, 150, 80),
        "members": (192, 4, 128, 80),
        "iscg": (30, 186, 290, 60),
        "coordinators": (30, 336, 150, 64),
        "directors": (192, 336, 128, 84),
        "secretariat": (30, 468, 150, 56),
    },
}
WAYS = {
    "wide": [
        ("members", [(440, 60), (440, 150)], (450, 104, 200, "start", False)),
        ("two", [(190, 172), (330, 172)], (260, 163, 124, "middle", True)),
        ("report", [(330, 206), (190, 206)], (260, 224, 124, "middle", False)),
        ("issues", [(550, 188), (690, 188)], (620, 179, 124, "middle", True)),
        ("appoint", [(95, 226), (95, 362), (330, 362)], (212, 353, 220, "middle", True)),
        ("results", [(440, 330), (440, 226)], (450, 274, 220, "start", False)),
        ("guide", [(550, 362), (690, 362)], (620, 353, 124, "middle", True)),
    ],
    "narrow": [
        ("two", [(52, 84), (52, 186)], (58, 104, 74, "start", False)),
        ("report", [(138, 186), (138, 84)], (144, 130, 52, "start", False)),
        ("members", [(256, 84), (256, 186)], (262, 130, 58, "start", False)),
        ("appoint", [(30, 44), (10, 44), (10, 368), (30, 368)], (16, 272, 84, "start", False)),
        ("results", [(105, 336), (105, 246)], (111, 292, 96, "start", False)),
        ("issues", [(256, 246), (256, 336)], (262, 288, 58, "start", False)),
        ("guide", [(105, 400), (105, 468)], (111, 438, 78, "start", False)),
    ],
}
SIZES = {"wide": (880, 400), "narrow": (320, 530)}


def _labels():
    return {
        "members": _("take part"),
        "two": _("send two representatives each"),
        "report": _("annual report"),
        "issues": _("key issues"),
        "appoint": _("appoint"),
        "results": _("report on the results"),
        "guide": _("guide"),
    }


def _lay_out(shape, rtl):
    (width, height), names, labels = SIZES[shape], _names(), _labels()

    def across(x):
        return width - x if rtl else x

    bodies = []
    for key, (x, y, wide, high) in PLACES[shape].items():
        middle = across(x + wide / 2)
        lines = _centred(names[key], middle, y + high / 2, wide - 16)
        bodies.append(Body(width - x - wide if rtl else x, y, wide, high, "ours" if key == "iscg" else "", lines))
    ways = []
    for key, points, (x, y, wide, anchor, rising) in WAYS[shape]:
        lines = stacked([(labels[key], "", LABEL)], across(x), y, wide, rising=rising)
        ways.append(Way(" ".join(f"{across(at)},{down}" for at, down in points), anchor, lines))
    return SendingPicture(shape, width, height, bodies, ways)


def _centred(name, x, middle, width):
    lines = wrapped(name, width / SPACED, NAME)
    top = middle + 5 - (len(lines) - 1) * LINE / 2
    return [
        TextLine(x, round(top + index * LINE, 1), line, "", int(width) if text_width(line, NAME) > width else 0)
        for index, line in enumerate(lines)
    ]
