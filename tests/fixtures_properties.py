"""Property-based tests: the same examples in every run, no clock that a busy machine can fail."""

from hypothesis import HealthCheck, settings

settings.register_profile(
    "house",
    deadline=None,
    derandomize=True,
    max_examples=50,  # of each run; what wants more says so itself
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("house")
