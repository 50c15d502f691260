"""附件 Files: uploads: checked, cleaned, kept."""
