"""Antragsbuch: the motions of a council in git, edited in the terminal."""

__version__ = "0.1.0"
