"""Accounts: what each may do, by the offices of its person; invitations, one's own data, closing, erasing."""
