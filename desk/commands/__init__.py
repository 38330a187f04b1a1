"""The commands, by what they are about. What the officer reads of them is French."""
