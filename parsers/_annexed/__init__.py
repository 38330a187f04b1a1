"""Which annex a document is.

Its clues (`_evidence`) are weighed page by page (`_annexes`), one file of several documents is cut
(`_cuts`), and accounts are told by their year (`_closing`).
"""
