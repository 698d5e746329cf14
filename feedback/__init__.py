"""We Hear You: a letters desk in one box."""

__version__ = "0.1.0"
