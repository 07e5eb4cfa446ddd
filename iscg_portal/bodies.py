"""The fixed bodies of the Union as choices: Sectors, advisory groups, Bureaux, assemblies, regions.

Source: the Terms of Reference (Document ISCG/25-1/03-E) and the ITU Constitution's list of bodies.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Sector(models.TextChoices):
    """The three Sectors and the General Secretariat, by the letter used in documents."""

    R = "R", _("ITU-R (radiocommunication)")
    T = "T", _("ITU-T (standardization)")
    D = "D", _("ITU-D (development)")
    GS = "GS", _("General Secretariat")


class GroupCode(models.TextChoices):
    """The three advisory groups, in the order in which the composition is printed (clause C1)."""

    RAG = "RAG", _("Radiocommunication Advisory Group")
    TSAG = "TSAG", _("Telecommunication Standardization Advisory Group")
    TDAG = "TDAG", _("Telecommunication Development Advisory Group")

    @property
    def sector(self):
        """The Sector that the group advises."""
        return {"RAG": "R", "TSAG": "T", "TDAG": "D"}[self.value]


class Bureau(models.TextChoices):
    """The Bureaux, each with a Director (clause F3)."""

    BR = "BR", _("Radiocommunication Bureau")
    TSB = "TSB", _("Telecommunication Standardization Bureau")
    BDT = "BDT", _("Telecommunication Development Bureau")


class ConferenceBody(models.TextChoices):
    """Assemblies and conferences whose resolutions give mandates (clause B1)."""

    PP = "PP", _("Plenipotentiary Conference")
    RA = "RA", _("Radiocommunication Assembly")
    WRC = "WRC", _("World Radiocommunication Conference")
    WTSA = "WTSA", _("World Telecommunication Standardization Assembly")
    WTDC = "WTDC", _("World Telecommunication Development Conference")

    @property
    def sector(self):
        """The Sector whose assembly or conference this is; the General Secretariat for PP."""
        return {"PP": "GS", "RA": "R", "WRC": "R", "WTSA": "T", "WTDC": "D"}[self.value]


class FocalPointBody(models.TextChoices):
    """For whom a Focal Point stands: an advisory group (A0) or the secretariat (A3)."""

    RAG = GroupCode.RAG.value, GroupCode.RAG.label
    TSAG = GroupCode.TSAG.value, GroupCode.TSAG.label
    TDAG = GroupCode.TDAG.value, GroupCode.TDAG.label
    BR = Bureau.BR.value, Bureau.BR.label
    TSB = Bureau.TSB.value, Bureau.TSB.label
    BDT = Bureau.BDT.value, Bureau.BDT.label
    GS = Sector.GS.value, Sector.GS.label

    @property
    def sector(self):
        """The Sector whose subjects ask for Focal Points of this body."""
        return {"RAG": "R", "TSAG": "T", "TDAG": "D", "BR": "R", "TSB": "T", "BDT": "D", "GS": "GS"}[self.value]


SECRETARIAT_BODIES = ("BR", "TSB", "BDT", "GS")


class DecisionBody(models.TextChoices):
    """Who can take the decision behind the start or end of an office."""

    ISCG = "ISCG", _("Inter-Sector Coordination Group")
    RAG = GroupCode.RAG.value, GroupCode.RAG.label
    TSAG = GroupCode.TSAG.value, GroupCode.TSAG.label
    TDAG = GroupCode.TDAG.value, GroupCode.TDAG.label
    PP = ConferenceBody.PP.value, ConferenceBody.PP.label
    RA = ConferenceBody.RA.value, ConferenceBody.RA.label
    WRC = ConferenceBody.WRC.value, ConferenceBody.WRC.label
    WTSA = ConferenceBody.WTSA.value, ConferenceBody.WTSA.label
    WTDC = ConferenceBody.WTDC.value, ConferenceBody.WTDC.label
    COUNCIL = "Council", _("Council")
    BR = Bureau.BR.value, Bureau.BR.label
    TSB = Bureau.TSB.value, Bureau.TSB.label
    BDT = Bureau.BDT.value, Bureau.BDT.label
    GS = Sector.GS.value, Sector.GS.label


class MeetingBody(models.TextChoices):
    """Whose meeting it is. Conferences are records of their own."""

    ISCG = "ISCG", _("Inter-Sector Coordination Group")
    RAG = GroupCode.RAG.value, GroupCode.RAG.label
    TSAG = GroupCode.TSAG.value, GroupCode.TSAG.label
    TDAG = GroupCode.TDAG.value, GroupCode.TDAG.label
    COUNCIL = "Council", _("Council")
    COORDINATORS = "Coordinators", _("Coordinators of a subject")
    STUDY_UNIT = "study unit", _("study group or working party")


class CouncilRegion(models.TextChoices):
    """The regions from which the Council is elected (not the radio Regions 1 to 3)."""

    A = "A", _("A: Americas")
    B = "B", _("B: Western Europe")
    C = "C", _("C: Eastern Europe and Northern Asia")
    D = "D", _("D: Africa")
    E = "E", _("E: Asia and Australasia")


class RegionalOrganization(models.TextChoices):
    """The six regional telecommunication organizations; a country may belong to several."""

    APT = "APT", _("Asia-Pacific Telecommunity")
    ASMG = "ASMG", _("Arab Spectrum Management Group")
    ATU = "ATU", _("African Telecommunications Union")
    CEPT = "CEPT", _("European Conference of Postal and Telecommunications Administrations")
    CITEL = "CITEL", _("Inter-American Telecommunication Commission")
    RCC = "RCC", _("Regional Commonwealth in the field of Communications")
