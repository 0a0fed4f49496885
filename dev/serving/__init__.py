"""What the sandboxes share: a small server, a durable ledger, signed call-backs, faults, pages."""
