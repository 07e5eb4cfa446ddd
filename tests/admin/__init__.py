"""The secretariat at work in the admin."""
