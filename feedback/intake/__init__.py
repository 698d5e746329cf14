"""Is it a letter that we can work with?"""
