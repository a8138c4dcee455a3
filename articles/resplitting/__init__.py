"""A newer split of a page against the one it had and what editors made of that: which differences are worth a word.

`runs`, `merging` and `proposals` are pure. Nothing here writes: importing splits pages again, corrections do what is
proposed.
"""
