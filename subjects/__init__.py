"""What the ISCG coordinates: subjects, resolutions, Coordinators and Focal Points."""
