"""Who signed where.

The block and its labels are found (`_block`, `_places`, `_people`, `_declared`). What a pen wrote beside
other labels is no signature (`_by_hand`); pictures, ink and seals at the places to sign are whose they are
(`_whose`, `_sealing`) and prove more or less (`_proof`), and `_signatures` says what each place holds;
`_doubts` where a page was recognised badly.
"""
