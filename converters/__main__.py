"""``python -m converters`` is ``curbcut``."""

from converters.cli import run

if __name__ == "__main__":
    run()
