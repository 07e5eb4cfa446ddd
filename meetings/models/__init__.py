"""Meetings with agendas, deadlines and attendance; the register of documents; liaison statements."""

from meetings.models.documents import Document, DocumentSubject
from meetings.models.files import DocumentFile
from meetings.models.liaison import Addressee, LiaisonStatement
from meetings.models.meeting_parts import AgendaItem, AgendaSubject, Attendance, Deadline, RegisterNumber
from meetings.models.meetings import Meeting
from meetings.numbers import LANGUAGE_LETTERS
