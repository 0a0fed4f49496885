"""The pages that people read, made from the document that decides."""
