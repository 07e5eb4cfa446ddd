"""Annual reports, key issues and Coordinators' reports."""
