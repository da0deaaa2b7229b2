"""What the benchmarks of the endpoint are made of."""
