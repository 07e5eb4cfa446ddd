"""The persons of the demonstration, whose names say that they are made up, and an account of each role."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

PASSWORD = "plainly made up"  # of every account of the demonstration, which its sign-in page shows

# key: (honorific, name, country)
PERSONS = {
    "chair": ("Mr", "Chester Chairsample", "IT"),
    "former_chair": ("Ms", "Clara Formerchair", "CH"),
    "rag1": ("Ms", "Rita Radiosample", "FR"),
    "rag2": ("Mr", "Ralph Radiofictional", "KE"),
    "former_rag2": ("Mr", "Remo Formermember", "MX"),
    "tsag1": ("Ms", "Tessa Standardsample", "JP"),
    "former_tsag2": ("Mr", "Theo Formermember", "BR"),
    "tdag1": ("Dr", "Dora Developsample", "CM"),
    "tdag2": ("Mr", "Dan Developfictional", "LT"),
    "ada": ("Ms", "Ada Madeupcoordinator", "DE"),
    "ben": ("Mr", "Ben Madeupcoordinator", "IN"),
    "cleo": ("Ms", "Cleo Madeupcoordinator", "SN"),
    "focal": ("Mr", "Finn Focalsample", "ES"),
    "desk": ("Ms", "Bea Bureausample", None),
    "candidate": ("Ms", "Nia Nomineesample", "EG"),
}


@dataclass(frozen=True)
class DemoAccount:
    """An account to sign in with: its role in words, its person (a key of PERSONS), its group of staff.

    `group` is the end of the permanent key of a staff group; "all" has every right, blank is no staff.
    """

    email: str
    name: str
    role: object
    person: str = ""
    group: str = ""


ACCOUNTS = (
    DemoAccount("secretariat@example.org", "Sam Secretarysample", _("Secretariat, with every right"), group="all"),
    DemoAccount("approver@example.org", "Alva Approversample", _("Secretariat, who approves"), group="all"),
    DemoAccount("record@example.org", "Ray Recordsample", _("Secretariat, keeps the record"), group="record"),
    DemoAccount("assistant@example.org", "Asa Assistantsample", _("Assistant of the secretariat"), group="assistant"),
    DemoAccount("auditor@example.org", "Audrey Auditorsample", _("Auditor, who only reads"), group="reader"),
    DemoAccount("chair@example.org", "Chester Chairsample", _("Chair"), "chair"),
    DemoAccount("representative@example.org", "Rita Radiosample", _("Representative of RAG"), "rag1"),
    DemoAccount("coordinator@example.org", "Ada Madeupcoordinator", _("Coordinator of a subject"), "ada"),
    DemoAccount("focal.point@example.org", "Finn Focalsample", _("Focal Point of a subject"), "focal"),
    DemoAccount("rag.secretariat@example.org", "Gus Groupsample", _("Secretariat of RAG")),
    DemoAccount("reader@example.org", "Rhea Readersample", _("Somebody without an office")),
)
