"""Reference questions, dossiers, complaints and surveys."""
