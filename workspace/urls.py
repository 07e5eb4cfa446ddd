"""Addresses of the workspace, under the language prefix."""

from django.urls import path

from workspace import mandates_page as mandates
from workspace import workspace_page
from workspace.access import invitations, mail_language, own_account
from workspace.corrections import views as corrections
from workspace.drafts import views as drafts
from workspace.following import views as following
from workspace.handover import views as handover
from workspace.joining import views as joining
from workspace.mapping import views as mapping
from workspace.proposals import entry_page
from workspace.proposals import views as proposals
from workspace.reviewing import views as reviewing
from workspace.transmissions import views as transmissions

app_name = "workspace"
urlpatterns = [
    path("workspace/", workspace_page.workspace, name="workspace"),
    path("workspace/subjects/<slug:slug>/", proposals.subject, name="subject"),
    path("workspace/subjects/<slug:slug>/activity/", proposals.activity, name="activity"),
    path("workspace/subjects/<slug:slug>/mandates/", mandates.mandates, name="mandates"),
    path("workspace/proposals/<int:pk>/withdraw/", proposals.withdraw_proposal, name="withdraw-proposal"),
    path("workspace/handover/<int:pk>/", handover.handover_file, name="handover-file"),
    path("workspace/links/", mapping.links, name="links"),
    path("workspace/links/claim/", mapping.claim_link, name="claim-link"),
    path("workspace/links/<int:pk>/", mapping.link, name="link"),
    path("confirm/<str:token>/", entry_page.confirm, name="confirm"),
    path("workspace/my-data/", own_account.my_data, name="my-data"),
    path("workspace/my-data.json", own_account.my_data_file, name="my-data-file"),
    path("workspace/close-account/", own_account.close_account, name="close-account"),
    path("workspace/colleagues/", workspace_page.colleagues, name="colleagues"),
    path("workspace/participation/", own_account.participation, name="participation"),
    path("corrections/new/", corrections.new_correction, name="new-correction"),
    path("corrections/sent/", corrections.correction_sent, name="correction-sent"),
    path("follow/", following.follow, name="follow"),
    path("follow/asked/", following.asked, name="follow-asked"),
    path("follow/confirm/<str:token>/", following.confirm, name="follow-confirm"),
    path("follow/stop/<str:token>/", following.stop, name="follow-stop"),
    path("workspace/reports/<slug:subject>/<slug:meeting>/", drafts.report_draft, name="report-draft"),
    path("workspace/annual-reports/<slug:code>/", reviewing.review, name="review"),
    path("workspace/transmissions/<int:pk>/", transmissions.transmission, name="transmission"),
    path("workspace/transmissions/<int:pk>/received/", transmissions.received, name="transmission-received"),
    path("workspace/transmissions/<int:pk>/agenda/", transmissions.on_agenda, name="transmission-agenda"),
    path("workspace/transmissions/<int:pk>/noted/", transmissions.noted, name="transmission-noted"),
    path(
        "workspace/transmissions/<int:pk>/files/<int:file>/", transmissions.transmission_file, name="transmission-file"
    ),
    path("invitation/<str:token>/", invitations.invitation, name="invitation"),
    path("mail-language/<str:token>/", mail_language.mail_language, name="mail-language"),
    path("join/", joining.join, name="join"),
    path("join/asked/", joining.join_asked, name="join-asked"),
    path("join/<str:token>/", joining.join_confirm, name="join-confirm"),
]
