"""What: resolutions, subjects of mutual interest, and who coordinates them."""

from subjects.models.editions import Edition, EditionRow
from subjects.models.focal_points import FocalPointRecord
from subjects.models.listings import Listing
from subjects.models.mandate_looks import MandateLook
from subjects.models.offices import Appointment, Coordinator, FocalPoint, Partner, Partnership
from subjects.models.resolutions import Mandate, Resolution, Revision
from subjects.models.subjects import Subject
