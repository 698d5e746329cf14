"""Letters that come by mail: kept first, then read."""
