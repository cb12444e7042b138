"""Copy cataloguing (套录): one search over many targets, one record taken over."""
