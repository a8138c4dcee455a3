"""To keep an archive for long: backups, restoring them, verifying what is there, issues as open packages."""
