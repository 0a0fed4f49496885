"""Who waits for goods to come back: a subject id, an article, a language; each wait is used once."""
