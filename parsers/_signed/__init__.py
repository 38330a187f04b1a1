"""Who signed where.

The block and its labels are found (`_block`, `_places`, `_people`, `_declared`); pictures, ink and seals at
those places are whose they are (`_whose`, `_sealing`), prove more or less (`_proof`), and `_signatures` says
what each place holds.
"""
