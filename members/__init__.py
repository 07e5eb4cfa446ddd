"""Who the ISCG is: persons, advisory groups, seats, representatives and Chairs."""
