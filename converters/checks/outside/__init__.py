"""The outside checkers, and our own measures run as they are: each in a process of its own, many files at a time.

``table`` has a row for each; ``machine`` looks for what they need; ``running`` runs them. A checker's own program reads
one JSON object from its standard input and prints the answers of ``answers``. What they say is made plain by
``clauses``. Nothing of a checked file is executed, nothing reaches the network, and what hangs is ended.
"""
