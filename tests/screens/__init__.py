"""The desk’s pages through a browser without scripts."""
