"""Registers what a reader meets first with Django, and with the admin."""

from django.apps import AppConfig


class FrontConfig(AppConfig):
    name = "front"
    verbose_name = "Search"

    def ready(self):
        from front.search.misses import forget_old_misses
        from front.search.pages import standing_pages
        from iscg_portal.adminkit.admin_rights import StaffAct, add_pages
        from iscg_portal.adminkit.site import Task, add_page, add_to_index
        from iscg_portal.search.sources import register_pages
        from iscg_portal.worker import EACH_HOUR
        from secretariat.forecast_page import forecast_for_staff

        register_pages(standing_pages)
        add_page("forecast/", forecast_for_staff, "forecast")
        add_pages(StaffAct.SEE, {"forecast": ["members.view_representative", "members.view_chairterm"]})
        EACH_HOUR.append(forget_old_misses)
        add_to_index(Task.FRAME, "front.Synonym", "front.SearchMiss")
