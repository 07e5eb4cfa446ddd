"""What a new Chair or Coordinator takes over, as one frozen file."""
