"""Mail that we owe: its words, its headers, its way out."""
