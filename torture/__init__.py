"""What an attacker, a busy day and a power cut do to the portal: `make torture`."""
