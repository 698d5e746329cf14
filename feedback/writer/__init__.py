"""What writers do, what they are owed."""
