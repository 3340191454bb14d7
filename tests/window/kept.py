"""What Ebb's database keeps, read beside the running program without touching it."""

import contextlib
import json
import sqlite3


def rows(home, query, *values):
    """The rows of a query; none while there is no database yet."""
    path = home / "data" / "ebb.sqlite"
    try:
        with contextlib.closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as base:
            return base.execute(query, values).fetchall()
    except sqlite3.OperationalError:
        return []


def groups(home):
    """All groups in their order, as far as time alone does not change them."""
    records = [json.loads(record) for (record,) in rows(home, "SELECT record FROM queue_groups")]
    return sorted((seen(record) for record in records), key=lambda group: group["order"])


def group_of(home, url):
    """The group that fetches a URL, and whether its file is `done`; None where none does."""
    query = """SELECT g.record, f.record FROM queue_groups g
        JOIN queue_jobs j ON j.owner = g.id JOIN queue_files f ON f.job = j.id"""
    for group, file in rows(home, query):
        file = json.loads(file)
        if file["url"] == url:
            return {**seen(json.loads(group)), "done": file["state"] == "complete"}
    return None


def seen(record):
    """Of a group's record what a person has asked for."""
    properties = record["properties"]
    plain = {key: record[key] for key in ("id", "order", "suspended", "cancelled")}
    return {**plain, "name": properties["name"], "priority": properties["priority"]}


def bytes_of(home, name):
    """Bytes of a file that are recorded as written; 0 where there is no record."""
    found = rows(home, "SELECT written FROM parts WHERE CAST(path AS TEXT) LIKE ?", f"%/{name}")
    if not found:
        return 0
    ranges = [part.split("-") for part in found[0][0].split(",") if part]
    return sum(int(last) - int(first) + 1 for first, last in ranges)
