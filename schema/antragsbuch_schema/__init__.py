"""What a motion is: its fields, its file, its rules, its differences. Pure functions and models.

Imports no git and no terminal library. Modules are imported one by one, so that a program that needs only
the difference of two motions does not pay for the models.
"""

FORMAT = 1
"""The version of the file format that this package writes, and the newest that it reads."""
