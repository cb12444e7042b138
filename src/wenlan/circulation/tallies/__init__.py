"""What points lend without cards and scans, told as a number (服务点自借统计)."""
