"""Files and their text: reading with positions, the canonical form, and edits that touch only what changed."""
