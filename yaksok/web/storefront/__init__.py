"""What shoppers see: goods, basket, checkout, look-up, the policy, the ways in."""
