"""The editor of one file: the form, what can be done in it, and what becomes of the edits."""
