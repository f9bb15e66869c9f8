"""Evidence about finished editions, gained without the writers that made them."""
