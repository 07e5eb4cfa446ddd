"""The parts of which `iscg_portal.admin_base.RecordAdmin` is made."""
