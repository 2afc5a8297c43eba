"""Makes a plain SQLite table of a CSV file, as DB Browser for SQLite imports one, and asks it what that
program asks when a column is filtered or sorted. Prints one JSON line.
"""
import csv
import json
import os
import sqlite3
import sys
import time

path, database = sys.argv[1:3]
began = time.perf_counter()
if not os.path.exists(database):
    connection = sqlite3.connect(database)
    connection.execute("CREATE TABLE rows (id TEXT, text TEXT, label TEXT, source TEXT, score REAL)")
    with open(path, newline="") as file:
        lines = csv.reader(file)
        next(lines)
        connection.executemany("INSERT INTO rows VALUES (?, ?, ?, ?, ?)", lines)
    connection.commit()
    connection.close()
read = time.perf_counter() - began
connection = sqlite3.connect(database)
steps = {}


def step(name, *queries):
    times = []
    for where, order in queries:
        start = time.perf_counter()
        connection.execute(f"SELECT COUNT(*) FROM rows {where}").fetchone()
        connection.execute(f"SELECT * FROM rows {where} {order} LIMIT 100").fetchall()
        times.append(1000 * (time.perf_counter() - start))
    steps[name] = times


step("two labels", *[(f"WHERE label IN ('topic {at}', 'topic {at + 7}')", "") for at in range(5)])
step("between two numbers", *[(f"WHERE score BETWEEN {100 * at} AND {100 * at + 300}", "") for at in range(5)])
step("value of a column", *[(f"WHERE source LIKE '{source}'", "") for source in ("web", "books", "news")])
for word in ("zebra", "water", "the"):
    step(f"words “{word}”", (f"WHERE text LIKE '%{word}%'", ""))
step("sorted by name", ("", "ORDER BY id"))
step("sorted by label", ("", "ORDER BY label"))
step("sorted by a number", ("", "ORDER BY score"), ("", "ORDER BY score DESC"))
print(json.dumps({"name": f"SQLite {sqlite3.sqlite_version}", "readSeconds": read, "steps": steps}), flush=True)
