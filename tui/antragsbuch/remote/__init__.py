"""What comes over the network: only when somebody asks for it, only from the server that was named."""
