"""Rules of the report as pure functions: number words, proof-reading, the steps to the signature."""
