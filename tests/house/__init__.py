"""The house's own rules, so that nobody has to remember them."""
