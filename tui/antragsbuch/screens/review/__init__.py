"""What is about to be committed: changes in words, message, reason, and the commit."""
