"""The versions of one motion: who, when, why, which words and which votes."""
