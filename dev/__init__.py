"""What a demo and the tests need around the mall: sandboxes with a process and an origin of their own."""
