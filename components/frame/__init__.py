"""What surrounds every page: menu, panel, address, notices, downloads, paper."""
