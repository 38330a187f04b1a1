"""Where each question of the edition's form stands in a document.

`_anchors` is the form in its order; `_match` assigns all of it to a document's places at once; what then is
still expected is looked for as retyped (`_retyped`), standing twice (`_twice`), or unknown (`_unclaimed`).
"""
