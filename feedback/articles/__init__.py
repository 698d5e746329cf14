"""Articles of the newsroom's site: found, read, kept."""
