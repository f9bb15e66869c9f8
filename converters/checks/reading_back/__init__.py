"""Finished editions read back into one plain stream, each by a route that is not its writer's."""
