"""What people with an account have to do: rights, the workspace, joining, invitations."""
