"""The archive teaches itself: knowledge fitted from its own pages and its editors' corrections, judged, and used."""
