"""How well pages are split: splits compared with what editors make of the pages."""
