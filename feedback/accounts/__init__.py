"""Who may sit at the desk."""
