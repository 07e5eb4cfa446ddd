"""Where a subject is studied: the study units of the Sectors, and the links between them (A1)."""
