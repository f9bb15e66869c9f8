"""What the readers of web pages share: the tree of a page, its letters with their marks, its blocks as pieces."""
