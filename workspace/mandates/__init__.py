"""What conferences made of the mandates of one's subjects, to be looked at."""
