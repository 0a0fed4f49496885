"""What the sandboxes share: a small server, a durable ledger, signed call-backs, faults, pages."""

from yaksok.kernel.sparing import kept_out

with kept_out("ssl"):  # all is plain HTTP on loopback, and OpenSSL is 5 MB of each sandbox
    import http.client  # noqa: F401 - this first import decides for the process
