"""What people see: storefront, member centre, console, and the doors every request passes."""
