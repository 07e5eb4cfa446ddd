"""Long imports, judged and written by the sender while their page shows how far they are (docs/decisions/0025).

Each is claimed by one conditional update. Judging writes nothing, so one whose process died is judged again; writing
is one transaction, so it was written or it was not, and the row says which.
"""

import logging

from django.apps import apps
from django.db import OperationalError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from iscg_portal.acts import one_act
from iscg_portal.history import Reason
from iscg_portal.importing import staging
from iscg_portal.importing.formats import read_file
from iscg_portal.importing.progress import telling
from iscg_portal.importing.rows import judge
from iscg_portal.importing.sheet import FileRefused
from iscg_portal.models import StagedImport

State = StagedImport.State
log = logging.getLogger(__name__)


def work_off_next(now=None) -> bool:
    """Judge or write the long import that waits longest; False where none does, or another process was faster."""
    now = now or timezone.now()
    found = StagedImport.objects.due(now).defer("content", "preview").order_by("queued_at").first()
    if found is None or not StagedImport.objects.claim(found, now):
        return False
    staged = StagedImport.objects.get(pk=found.pk)
    mine = StagedImport.objects.filter(pk=staged.pk, state=staged.state, claimed_at=staged.claimed_at)
    with override(staged.language), telling(staged.token):
        try:
            (_judge if staged.state == State.BEING_JUDGED else _write)(staged, mine)
        except OperationalError:
            back = {State.BEING_JUDGED: State.TO_JUDGE, State.BEING_WRITTEN: State.TO_WRITE}
            mine.update(state=back[staged.state])
            raise
        except Exception:
            log.exception("A long import failed")
            mine.update(state=State.REFUSED, refusals=[_("The server failed at this file; nothing was written.")])
    return True


def _judge(staged, mine):
    try:
        preview = judge(apps.get_model(staged.model), read_file(bytes(staged.content)))
    except FileRefused as refusal:
        mine.update(state=State.REFUSED, refusals=refusal.messages)
    else:
        mine.update(state=State.JUDGED, preview=preview.as_json(), refusals=[])


def _write(staged, mine):
    """What the act did is undone from the page of the import, as it is after the press of a button."""
    reason = Reason(staged.reason, staged.public_reason)
    with one_act() as act:
        try:
            staging.confirm(staged, apps.get_model(staged.model), reason=reason, claimed=True)
        except staging.NotConfirmed as refusal:
            mine.update(state=State.JUDGED, refusals=refusal.messages)
        else:
            StagedImport.objects.filter(pk=staged.pk).update(act=None if act.is_final else act.mark)
