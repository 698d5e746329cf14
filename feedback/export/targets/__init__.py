"""Where a column goes: each target takes a post and says where it lies."""
