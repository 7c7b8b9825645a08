"""Side-by-side measurements against named peers. `python -m bench` prints all tables, `python -m bench rank` one."""
