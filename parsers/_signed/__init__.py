"""Who signed where.

The block and its labels are found (`_block`, `_places`, `_people`, `_declared`), and what they ask for
(`_particulars`). What a pen wrote beside other labels is no signature (`_by_hand`); of the pictures that may
be one (`_pictures`), and of ink and seals, it is told whose they are (`_whose`, `_sealing`) and what they
prove (`_proof`); `_signatures` says what each place holds, `_doubts` where a page was recognised badly.
"""
