"""Pure functions on text. Each module is a subject: charset, scripts, numerals, dates, periods, sentences, words, …"""
