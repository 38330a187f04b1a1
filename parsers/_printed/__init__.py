"""What stands on a printed page: rows, cells, columns and drawings, as a reader's eye takes them.

`_plumbed` notes a PDF's letters, `_layout` puts a page together, `_pages` puts pages together. A page that
was recognised comes here, too, with the face of a printed one (`_scanned/_recognised.py`).
"""
