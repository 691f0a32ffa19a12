"""The form of one file: rows laid out in lines, painted cell by cell, and the keys that type in it."""
