"""What office holders say is wrong: proposed corrections, and entries confirmed by a one-time link."""
