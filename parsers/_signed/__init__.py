"""Who signed where.

The block and its labels are found (`_block`, `_places`, `_people`); pictures, ink and seals at those places
are whose they are (`_whose`), and `_signatures` says what each place holds.
"""
