"""Mail that we owe."""
