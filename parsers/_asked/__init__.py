"""Where each question of the edition's form stands in a document.

`_anchors` is the form in its order; `_candidates` finds every place where a wording may stand; `_match`
assigns all of the form to these at once. What then is still expected is looked for without its wording
(`_unworded`), as retyped (`_retyped`), standing twice (`_twice`), or unknown (`_unclaimed`). Where hardly any
wording stands, the document's labels (`_outline`) are aligned with the questions (`_own_words`, `_aligned`).
"""
