"""The files an edition is handed on as: Word, PDF, table, Markdown, WeChat, plain text, and the bundle of all.

Read `printed` first: it is what every form prints. `compose` makes it, `gather` fills it from a newsroom.
"""
