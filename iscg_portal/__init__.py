"""What every part of the portal shares; it imports none of them."""
