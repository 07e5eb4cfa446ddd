"""What staff do in the admin, and the rights that each page of it asks for: one table, enforced and printed.

`DeskSite.admin_view` refuses a page whose rights an account lacks by asking this module, and the table of the handbook
(`workspace.access.rights.handbook_table`) is made from it, so that the two cannot differ. Models are named as strings.
"""

from typing import NamedTuple

from django.core.exceptions import PermissionDenied
from django.db import models
from django.utils.translation import gettext_lazy as _


class StaffAct(models.TextChoices):
    """What may be done in the admin, as far as the rights of an account go."""

    SEE = "see", _("see records that are not public, and the history")
    ENTER = "enter", _("enter a record")
    CHANGE = "change", _("change a record, bring back an old version")
    REMOVE = "remove", _("remove what was entered by mistake")
    IMPORT = "import", _("import a file")
    EXPORT = "export", _("export a list")
    REPLACE = "replace", _("replace who holds an office, end the seats of a group")
    MERGE = "merge", _("merge two records of one person")
    ADOPT = "adopt", _("adopt or withdraw an edition of the list")
    MOVE_MEETING = "move meeting", _("postpone or cancel a meeting, explain its numbers")
    PUBLISH_DOCUMENT = "publish document", _("enter, publish and withdraw documents and their files")
    WRITE_REPORT = "write report", _("open, correct, write and submit an annual report")
    PUBLISH_REPORT = "publish report", _("approve, publish and withdraw an annual report")
    ANSWER_ISSUE = "answer issue", _("answer or close a key issue")
    DECIDE = "decide", _("accept or refuse what office holders hand in or propose")
    ADMIT = "admit", _("decide who takes part")
    SEND = "send", _("send a report or a file to an advisory group, send mails and links again, cancel mails")
    GIVE_ACCESS = "give access", _("invite somebody, give a new password, take off a second factor")


class Page(NamedTuple):
    """A page of the admin: which act it is, and the rights that it asks for, all of them."""

    act: StaffAct
    rights: tuple[str, ...]


# The pages that every kind of record has, by the end of their names, and the right on the record that they ask for.
PAGES_OF_A_KIND = {
    "changelist": (StaffAct.SEE, "view"),
    "change": (StaffAct.SEE, "view"),
    "history": (StaffAct.SEE, "view"),
    "simple_history": (StaffAct.SEE, "view"),
    "removed": (StaffAct.SEE, "view"),
    "add": (StaffAct.ENTER, "add"),
    "delete": (StaffAct.REMOVE, "delete"),
    "import": (StaffAct.IMPORT, "import"),
    "import_template": (StaffAct.IMPORT, "import"),
    "import_preview": (StaffAct.IMPORT, "import"),
    "export": (StaffAct.EXPORT, "export"),
}
FILES = ("import", "export")
# What is seen with the right to see something else.
SEEN_WITH = {"workspace.reportdraft": "reports.view_coordinatorreport"}

_DECIDES = ("reports.add_coordinatorreport", "reports.change_coordinatorreport")
_PUBLISHES = ("reports.publish_annualreport",)


def _pages(act, pages):
    return {name: Page(act, tuple(rights)) for name, rights in pages.items()}


# The pages that carry out an act of their own. A step of a report has its word behind the name.
ACT_PAGES = {
    **_pages(
        StaffAct.REPLACE,
        {
            "members_advisorygroup_end-seats": ["members.change_representative"],
            "members_representative_replace": ["members.change_representative", "members.add_representative"],
            "members_chairterm_replace": ["members.change_chairterm", "members.add_chairterm"],
            "subjects_coordinator_replace": ["subjects.change_coordinator", "subjects.add_coordinator"],
            "subjects_focalpoint_replace": ["subjects.change_focalpoint", "subjects.add_focalpoint"],
        },
    ),
    **_pages(StaffAct.MERGE, {"members_person_merge": ["members.change_person", "members.delete_person"]}),
    **_pages(
        StaffAct.ADOPT,
        {
            "subjects_edition_add": ["subjects.add_edition"],
            "subjects_edition_withdraw": ["subjects.change_edition"],
        },
    ),
    **_pages(
        StaffAct.MOVE_MEETING,
        {
            "meetings_meeting_cancel": ["meetings.change_meeting"],
            "meetings_meeting_postpone": ["meetings.change_meeting"],
            "meetings_meeting_usual-deadlines": ["meetings.change_meeting", "meetings.add_deadline"],
            "meetings_meeting_unused-numbers": ["meetings.change_registernumber"],
        },
    ),
    **_pages(
        StaffAct.PUBLISH_DOCUMENT,
        {
            "meetings_document_add": ["meetings.add_document"],
            "meetings_document_upload": ["meetings.add_document"],
            "meetings_document_upload_confirm": ["meetings.add_document"],
            "meetings_document_variant": ["meetings.add_document"],
            "meetings_document_file": ["meetings.add_documentfile"],
            "meetings_documentfile_decide": ["meetings.change_documentfile"],
            "meetings_document_withdraw": ["meetings.change_document"],
            "meetings_document_reinstate": ["meetings.change_document"],
        },
    ),
    **_pages(StaffAct.SEE, {"meetings_documentfile_content": ["meetings.view_documentfile", "meetings.view_document"]}),
    **_pages(
        StaffAct.SEE,
        {
            "reports_annualreport_text": ["reports.view_annualreport"],
            "reports_annualreport_preview": ["reports.view_annualreport"],
        },
    ),
    **_pages(
        StaffAct.WRITE_REPORT,
        {
            "reports_annualreport_open": ["reports.add_annualreport"],
            "reports_annualreport_correct": ["reports.add_annualreport"],
            "reports_annualreport_block": ["reports.change_annualreport"],
            "reports_annualreport_make": ["reports.change_annualreport"],
            "reports_annualreport_step/submit": ["reports.change_annualreport"],
            "reports_annualreport_step/send-back": ["reports.change_annualreport"],
        },
    ),
    **_pages(
        StaffAct.PUBLISH_REPORT,
        {
            "reports_annualreport_step/approve": _PUBLISHES,
            "reports_annualreport_step/publish": _PUBLISHES,
            "reports_annualreport_step/withdraw": _PUBLISHES,
            "reports_annualreport_archive": ["reports.add_annualreport", "reports.add_reportfile", *_PUBLISHES],
            "reports_annualreport_file": ["reports.add_reportfile", *_PUBLISHES],
        },
    ),
    **_pages(
        StaffAct.ANSWER_ISSUE,
        {
            "reports_keyissue_answer": ["reports.change_keyissue"],
            "reports_keyissue_close": ["reports.change_keyissue"],
        },
    ),
    **_pages(
        StaffAct.DECIDE,
        {
            "workspace_reportdraft_accept": _DECIDES,
            "workspace_reportdraft_refuse": _DECIDES,
            "workspace_proposal_accept": ["workspace.change_proposal"],
            "workspace_proposal_refuse": ["workspace.change_proposal"],
        },
    ),
    **_pages(StaffAct.ADMIT, {"workspace_participant_act": ["workspace.decide_participant"]}),
    **_pages(
        StaffAct.SEND,
        {
            "reports_transmission_send": ["reports.change_transmission"],
            "reports_transmission_file": ["workspace.add_groupfile"],
        },
    ),
    **_pages(StaffAct.SEE, {"workspace_groupfile_content": ["workspace.view_groupfile"]}),
    **_pages(
        StaffAct.GIVE_ACCESS,
        {
            "members_account_password": ["members.change_account"],
            "members_account_second-factor": ["members.change_account"],
            "members_account_identity": ["members.change_account"],
            "members_person_invite": ["members.add_account"],
        },
    ),
}
# What is done with ticked rows of a list, by the name of the list and of the action.
ACTIONS = _pages(
    StaffAct.SEND,
    {
        "iscg_portal_mail_changelist/send_again": ["iscg_portal.change_mail"],
        "iscg_portal_mail_changelist/cancel": ["iscg_portal.change_mail"],
        "workspace_entrylink_changelist/send_new_link": ["workspace.add_entrylink"],
    },
)


def right(word, model):
    """The right to "view", "add", "change", "delete", "import" or "export" records of a model."""
    if word == "view" and model._meta.label_lower in SEEN_WITH:
        return SEEN_WITH[model._meta.label_lower]
    return f"{model._meta.app_label}.{word}_{model._meta.model_name}"


def holds(account, rights):
    """Whether the account is staff with all these rights; whoever may change something may see it."""
    if not (account.is_active and account.is_staff):
        return False
    return all(account.has_perm(one) or account.has_perm(one.replace(".view_", ".change_")) for one in rights)


def page_at(match) -> Page | None:
    """The act page at a resolved address of the admin; None for the pages that every kind of record has."""
    name = match.url_name or ""
    step = match.kwargs.get("step")
    return ACT_PAGES.get(f"{name}/{step}" if step else name)


def may_open(account, match):
    """Whether the account may open the act page at the address; pages of a kind are judged by their ModelAdmin."""
    page = page_at(match)
    return page is None or holds(account, page.rights)


def require(account, match):
    """Stop with 403 where an act page asks for rights that the account lacks."""
    if not may_open(account, match):
        raise PermissionDenied


def rights_by_act(kept):
    """{act: every right that one of its pages or actions asks for}; `kept`: what the admin keeps, by model."""
    found = {act: set() for act in StaffAct}
    for page in (*ACT_PAGES.values(), *ACTIONS.values()):
        found[page.act].update(page.rights)
    for act, word in {*PAGES_OF_A_KIND.values(), (StaffAct.CHANGE, "change")}:
        # Only some kinds of record can be imported and exported; every kind has the other pages.
        pages = (f"{word}_action", f"{word}_view")  # the library's page, and an export of our own
        having = [model for model, its in kept.items() if word not in FILES or any(hasattr(its, one) for one in pages)]
        found[act].update(right(word, model) for model in having)
    return found
