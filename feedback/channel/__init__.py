"""How a letter reaches us."""
