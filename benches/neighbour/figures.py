"""What the link saw, as figures: rates, times to give way and to come back, shares.

Pure: reads rows of numbers, never a clock. Rates are payload bits a second as they arrived on the
client's side; times are CLOCK_MONOTONIC seconds; a time that never came is None.

What must always be true: a window lies wholly within what was recorded, or there is no figure.
"""

import itertools
import statistics

BIN = 0.010
PAYLOAD = 1448 / 1500  # of a full packet, with TCP's timestamps
SPARKS = " ▁▂▃▄▅▆▇█"


class Record:
    """The link's trace from `since` on, with sums so that any window costs two look-ups."""

    def __init__(self, path, since):
        with open(path) as file:
            names = file.readline().strip().split(",")
            rows = [line.rstrip("\n").split(",") for line in file if line.endswith("\n")]
        rows = [row for row in rows if float(row[0]) > since]
        self.begin = float(rows[0][0]) - BIN if rows else since
        self.columns = {name: [float(row[at]) for row in rows] for at, name in enumerate(names)}
        self.sums = {name: [0.0, *itertools.accumulate(cells)] for name, cells in self.columns.items()}
        self.end = self.begin + len(rows) * BIN

    def at(self, time):
        return min(max(round((time - self.begin) / BIN), 0), len(self.columns["time"]))

    def rate(self, column, start, end):
        """Mean bits a second in a window; None where it was not recorded."""
        if start < self.begin - BIN or end > self.end + BIN:
            return None
        first, last = self.at(start), self.at(end)
        return (self.sums[column][last] - self.sums[column][first]) * 8 / max(last - first, 1) / BIN

    def first(self, column, after=0.0):
        """When the first byte after that time came."""
        cells = self.columns[column]
        return next((self.begin + i * BIN for i in range(self.at(after), len(cells)) if cells[i]), None)

    def last(self, column):
        """When the last byte came."""
        cells = self.columns[column]
        return next((self.begin + (i + 1) * BIN for i in reversed(range(len(cells))) if cells[i]), None)

    def steps(self, start, end):
        return (self.begin + i * BIN for i in range(self.at(start), self.at(end)))

    def quiet_after(self, column, start, end, below):
        """Seconds from `start` until the rate stays below: in the next 100 ms, over the next 2 s, and
        over all that is left until `end` (a gap between two bursts is no giving way)."""
        for time in self.steps(start, end - 2.0):
            if all(self.rate(column, time, until) < below for until in (time + 0.1, time + 2.0, end)):
                return max(0.0, time - start)
        return None

    def back_after(self, column, start, end, above):
        """Seconds from `start` until the rate is at least that, over 300 ms (their end counts)."""
        for time in self.steps(start, end - 0.3):
            if self.rate(column, time, time + 0.3) >= above:
                return time + 0.3 - start
        return None

    def steady_after(self, column, start, end, above):
        """Seconds from `start` until it is at least that over the next second and the next three."""
        for time in self.steps(start, end - 3.0):
            if min(self.rate(column, time, time + 1.0), self.rate(column, time, time + 3.0)) >= above:
                return max(0.0, time - start)
        return None

    def changed_after(self, column, start, end, least):
        """Seconds from `start` until the rate is half-way from the mean of the 2 s before to the mean
        of the last 2 s before `end`, and stays beyond on average for a second; None where these two
        differ by less than `least`."""
        was, will = self.rate(column, start - 2.0, start), self.rate(column, end - 2.0, end)
        if abs(will - was) < least:
            return None
        sign, half = (1 if will > was else -1), (was + will) / 2
        for time in self.steps(start, end - 1.0):
            now, soon = self.rate(column, time, time + 0.1), self.rate(column, time, time + 1.0)
            if (now - half) * sign > 0 and (soon - half) * sign > 0:
                return max(0.0, time - start)
        return None

    def lowest(self, column, start, end, window):
        """The lowest rate in any window of that many seconds."""
        return min((self.rate(column, time, time + window) for time in self.steps(start, end - window)), default=None)

    def stalls(self, least_ms=3.0):
        """In how many rows the link itself was that late: the machine's doing, not the line's."""
        late = zip(self.columns["down_late_ms"], self.columns["up_late_ms"])
        return sum(max(both) >= least_ms for both in late)

    def spark(self, column, start, end, most, cells=90):
        """A line of characters: means of rates (bytes columns) or of waits (`queue_ms`)."""
        width = (end - start) / cells
        found = []
        for cell in range(cells):
            first, last = self.at(start + cell * width), self.at(start + (cell + 1) * width)
            mean = (self.sums[column][last] - self.sums[column][first]) / max(last - first, 1)
            value = mean if column.endswith("ms") else mean * 8 / BIN
            found.append(SPARKS[min(8, max(0, round(value / most * 8)))])
        return "".join(found)


def round_trips(path, start, end):
    """Of an echo's file, in ms, sorted; and how many were lost."""
    trips, lost = [], 0
    with open(path) as file:
        for line in file:
            sent, _, trip = line.strip().partition(",")
            if line.endswith("\n") and start <= float(sent) < end:
                if trip:
                    trips.append(float(trip))
                else:
                    lost += 1
    return sorted(trips), lost


def quantile(ordered, share):
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else None


def median(values):
    """Of those that came; None where half or more never came (they count as longest)."""
    came = sorted(value for value in values if value is not None)
    if not values or 2 * len(came) <= len(values):
        return None
    return came[(len(values) - 1) // 2] if len(came) < len(values) else statistics.median(came)
