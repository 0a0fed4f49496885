"""The newest handovers to each of some recipients, for counting."""

NEWEST = (
    " FROM unnest(%s::text[]) AS named (recipient) CROSS JOIN LATERAL"
    " (SELECT * FROM disclosure_handover AS one WHERE one.recipient = named.recipient"
    "  AND one.message = 'handover' ORDER BY planned_at DESC LIMIT %s) AS h"
)
"""Wants names and a limit. By the index of the book; a correction or an erasure hands nothing over anew."""
