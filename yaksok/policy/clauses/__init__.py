"""Every promise, one object each; one module per section of the policy."""
