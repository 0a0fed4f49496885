"""What people were told, what they allowed and what they refused."""
