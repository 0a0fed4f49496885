"""How what is known about a person ends: the plan, the register, the certificate."""
