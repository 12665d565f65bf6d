"""How the bundled checkpoint was made: `python -m v25.training`."""
