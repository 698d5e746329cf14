"""Archives that come in at once: mails in files of many kinds, old columns, tables of letters."""
