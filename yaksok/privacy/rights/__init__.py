"""What people asked for about their own data, by when, and what came of it."""
