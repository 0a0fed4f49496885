"""Words every layer shares: time, ids, money, who acts, values that hide themselves, errors."""
