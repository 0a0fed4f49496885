"""Console: staff hand parcels to the courier; names are masked until a reason is given."""
