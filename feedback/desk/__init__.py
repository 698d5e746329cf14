"""What editors do, one verb a file."""
