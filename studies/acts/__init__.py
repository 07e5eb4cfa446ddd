"""Acts on the mapping of studies."""
