"""The list of motions, with a preview."""
