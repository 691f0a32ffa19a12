"""The register in git: read, save, commit, history, drafts. Knows no terminal library."""
