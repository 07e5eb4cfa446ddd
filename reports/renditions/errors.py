"""Why a rendition could not be made."""


class RenditionError(Exception):
    """Says in one sentence, for staff, why a rendition could not be made."""
