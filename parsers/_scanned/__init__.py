"""What stands on the image of a page. `_scan` tells the whole way.

A page is put right (`_raster`, `_photo`, `_upright`), what is drawn on it is found (`_rulings`,
`_check_boxes`, `_wide_boxes`, `_leaders`, `_fills`, `_bars`) and its grounds are lightened (`_grounds`); its
words are recognised (`_ocr`, above) and freed of a pen's marks (`_bare`: `_in_colour`, `_covered`,
`_ringed`, `_penned`, `_struck`, `_partners`); those that are print are kept (`_print`), places in which
nothing was read are looked at again (`_second_look`, `_lone_signs`); what is left is ink (`_inked`, `_ink`,
`_stamps`, `_lettering`, `_blots`), and scales are weighed (`_equal_cells`, `_number_rows` in
`_number_places`) and told as marks (`_marks`).
`_pasted` and `_page_pictures` look at pictures within files.
"""
