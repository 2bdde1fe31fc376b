"""One function per rule that decides money; each amount is a tree with its ground."""
