"""The outcome: annual reports and key issues."""
