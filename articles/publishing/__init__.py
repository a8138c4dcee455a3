"""The archive for machines: JSON twins and their description, feeds, sitemaps, what a page's head says."""
