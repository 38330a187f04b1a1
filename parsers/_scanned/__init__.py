"""What stands on the image of a page. `_scan` tells the whole way.

A page is put right (`_raster`, `_photo`, `_upright`), what is drawn on it is found (`_rulings`,
`_check_boxes`, `_leaders`, `_fills`, `_bars`), its words are recognised (`_ocr`, above) and freed of a pen's
marks (`_covered`, `_ringed`, `_penned`, `_struck`), places in which nothing was read are looked at again
(`_second_look`, `_lone_signs`), scales are weighed (`_equal_cells`, `_number_rows`), and what is left is ink
(`_inked`, `_ink`, `_stamps`, `_lettering`, `_blots`). `_pasted` and `_page_pictures` look at pictures within
files.
"""
