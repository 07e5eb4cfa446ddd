"""Mail: the outbox and its sender, the words and the letter of a mail, and one-time links."""
