"""What the database keeps by itself, whoever writes: triggers, made again after every migrate."""
