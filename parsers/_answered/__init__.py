"""What is answered to each question, once it is known where the questions stand. `_form` tells the whole way.

`_regions` gives each question what belongs to it, `_answers` takes the answer out of that, `_choices` and
`_statements` (by `_grid`, `_in_a_line`, `_headed`, `_standing`) understand marks, and `_legibility` doubts
what was read badly (`_gaps`), by half (`_half_read`) or not at all (`_unread`).
"""
