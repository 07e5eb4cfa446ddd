"""Meetings with agendas, deadlines and attendance; the register of documents; liaison statements."""

from meetings.models.decisions import Decision, DecisionState
from meetings.models.documents import Document
from meetings.models.files import DocumentFile
from meetings.models.liaison import Addressee, LiaisonStatement, Standing
from meetings.models.meeting_parts import AgendaItem, AgendaSubject, Attendance, Deadline, DocumentSubject
from meetings.models.meetings import Meeting
from meetings.models.presence import Presence
from meetings.models.register_numbers import RegisterNumber
from meetings.numbers import LANGUAGE_LETTERS
