"""The workspace's own records in the admin, from its rooms."""

from workspace.access import admin as access
from workspace.corrections import admin as corrections
from workspace.drafts import admin as drafts
from workspace.handover import admin as handover
from workspace.joining import admin as joining
from workspace.proposals import admin as proposals
from workspace.reminders import admin as reminders
from workspace.transmissions import admin as transmissions
