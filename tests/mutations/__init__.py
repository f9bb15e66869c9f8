"""Damage that is planted in finished editions, each kind of which ``curbcut check`` must tell by its name."""
