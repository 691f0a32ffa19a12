"""A printed document that is taken over: what was understood of it, shown before anything is written."""
