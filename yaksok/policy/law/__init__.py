"""What the law says, as dated tables. Nothing here is legal advice."""
