"""Pages in a real Chromium, on a newsroom that is served for real."""
