"""The chapters of the made-up year, in the order in which they are entered."""
