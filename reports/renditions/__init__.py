"""What is made from the frozen content of a report: web page, PDF, DOCX and JSON. Pure functions, no database."""
