"""What the site tells readers beyond the text: what belongs together, what is missing, how much there is."""
