"""The History page: loads, likely duplicates, studies, the audit log."""
