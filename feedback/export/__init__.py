"""How letters leave."""
