"""Documents: encrypted files, PDFs, signatures, and signed archives that show a single altered byte."""
