"""Widgets: they show plain values and tell in messages what the person did; they know no store and no git."""
