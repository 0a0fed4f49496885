"""How the mall looks: tokens, components, the frame of every page."""
