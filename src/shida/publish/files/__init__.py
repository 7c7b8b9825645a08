"""The files an edition is handed on as: Word, PDF, table, Markdown, WeChat, plain text, and the bundle of all."""
