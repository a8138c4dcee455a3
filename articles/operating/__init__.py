"""How the archive is, for who runs it: health, figures, e-mail when an import fails."""
