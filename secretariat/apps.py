"""Registers the desk's own pages with the admin, what the sender asks for them, and what the Chair reads of it."""

from django.apps import AppConfig


class SecretariatConfig(AppConfig):
    name = "secretariat"
    verbose_name = "Secretariat"

    def ready(self):
        from iscg_portal.adminkit.site import add_page
        from iscg_portal.worker import WHEN_IDLE
        from secretariat import kept_checks, pages
        from secretariat.attention import open_points
        from secretariat.log import pages as log_pages
        from secretariat.texts import pages as texts_pages
        from workspace.reviewing import register

        register(open_points)
        add_page("to-do/<slug:sort>/", pages.to_do_page, "to-do")
        add_page("not-in-order/", pages.not_in_order, "not-in-order")
        add_page("find/", pages.find, "find")
        add_page("changes/", log_pages.log_page, "change-log")
        add_page("changes/<slug:format>/", log_pages.log_file, "change-log-file")
        add_page("texts/", texts_pages.parity_page, "texts")
        add_page("texts/import/", texts_pages.upload_page, "texts-import")
        add_page("texts/import/<str:token>/", texts_pages.preview_page, "texts-preview")
        add_page("texts/files/<str:language>/<str:format>/", texts_pages.texts_file, "texts-file")
        add_page("texts/<str:kind>/<str:language>/", texts_pages.list_page, "texts-list")
        WHEN_IDLE.append(kept_checks.ask_if_due)
