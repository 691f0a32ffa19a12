"""Every finding of the register, grouped by motion or by rule."""
