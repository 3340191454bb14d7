"""What Ebb's database keeps, read beside the running program without touching it."""

import contextlib
import json
import sqlite3
import uuid


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


def multiply(home, count, names):
    """Makes so many groups out of the first, while no Ebb runs: every third of them complete,
    every fifth failed, the others suspended as it is."""
    path = home / "data" / "ebb.sqlite"
    with contextlib.closing(sqlite3.connect(path)) as base, base:
        ((group,),) = base.execute("SELECT record FROM queue_groups LIMIT 1")
        ((job,),) = base.execute("SELECT record FROM queue_jobs LIMIT 1")
        files = [json.loads(row[0]) for row in base.execute("SELECT record FROM queue_files")]
        for table in ("queue_files", "queue_jobs", "queue_groups"):
            base.execute(f"DELETE FROM {table}")
        for at in range(count):
            copy(base, json.loads(group), json.loads(job), files, at, names[at % len(names)])


def copy(base, group, job, files, at, name):
    group_id, job_id = uuid.uuid4(), uuid.uuid4()
    group |= {"id": str(group_id), "order": at}
    group["properties"]["name"] = name[:256]
    done, failed = at % 3 == 2, at % 5 == 4
    if done:
        group |= {"suspended": False, "completed": group["created"]}
    base.execute("INSERT INTO queue_groups VALUES (?, ?)", (group_id.bytes, json.dumps(group)))
    row = (job_id.bytes, group_id.bytes, json.dumps(job | {"id": str(job_id)}))
    base.execute("INSERT INTO queue_jobs VALUES (?, ?, ?)", row)
    for file in files[: 1 + at % len(files)]:
        size = 12_345_678 * (1 + at % 90)
        changed = {"id": str(uuid.uuid4()), "size": size, "bytes": size if done else size // 3}
        if done or failed:
            changed["state"] = "complete" if done else "error"
        row = (job_id.bytes, file["at"], json.dumps(file | changed))
        base.execute("INSERT INTO queue_files VALUES (?, ?, ?)", row)
