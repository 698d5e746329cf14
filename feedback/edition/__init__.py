"""The column, made and printed."""
