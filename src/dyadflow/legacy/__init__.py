"""Dictionaries of TABARI, PETRARCH and Phoenix, read and turned into files of the project's own formats.

`lines` reads any bytes into numbered lines, `actors`, `agents` and `verbs` know the three formats, `casing` restores upper and
lower case, `convert` makes rows, `folder` does it for whole files and writes the result. What could not be used is data: a
`Problem` with file, line, record and reason.
"""
