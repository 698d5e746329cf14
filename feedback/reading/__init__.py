"""What a text tells: pure functions, no database, no clock, no network."""
