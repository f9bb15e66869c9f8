"""Whether an edition is built as it should be: what parity, which compares words, does not tell.

Title, languages, headings, contents, links, marks of notes, texts for pictures. What should be there is told by the
model alone; what is there is read by another's parser. Each fault has the name of a rule, and says what it concerns.
"""
