"""Who speaks: what a speaker's label is and whose it is, decided in one place for all readers."""
