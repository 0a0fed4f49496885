"""The command ``yaksok``: runs the mall and reaches it through the same journeys as its pages."""
