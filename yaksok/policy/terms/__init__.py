"""The terms of service: numbered articles, whose words take their figures from the document."""
