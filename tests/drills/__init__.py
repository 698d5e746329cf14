"""Long fault drills: a served newsroom, killed and restored. `make drill`."""
