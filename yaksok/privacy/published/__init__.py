"""Every version of the policy that was ever published, for good, and the drafts of the next one."""
