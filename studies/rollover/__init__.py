"""The change to a new study period: what is proposed for each unit, what staff decide, and the links that follow."""
