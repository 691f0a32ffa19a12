"""The editing of one file as plain data: what was changed, what the form shows, where the cursor stands.

No Textual here: the form widget paints what these functions give it and hands keys to them.
"""
