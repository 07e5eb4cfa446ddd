"""What the secretariat of an advisory group sees of the reports to its group, and answers (clause F3)."""
