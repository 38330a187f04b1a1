"""What stands on a printed page: rows, cells, columns and drawings, as a reader's eye takes them.

`_plumbed` notes a PDF's letters, `_words` are its words, `_looks` how they look, `_rows` and `_cells` where
they stand, `_layout` puts a page together, `_pages` puts pages together. A page that was recognised comes
here, too, with the face of a printed one (`_scanned/_recognised.py`).
"""
