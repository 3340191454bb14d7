#!/usr/bin/env python3
"""Two servers nginx cannot play, for compare.py. Python's standard library only.

    slow_server.py --file F --rate 8000000 [--slow-nth 3 --slow-rate 80000]
        serves F at any path, over HTTP/1.1 with ranges and keep-alive, each connection paced
        smoothly to --rate bytes a second; the Nth connection that asks for something is
        paced to --slow-rate for as long as it lives (0: none is).
    slow_server.py --stall
        takes connections and requests, and never answers.

Prints its port, one line, and serves 127.0.0.1 until its standard input ends (so it cannot
outlive the program that started it) or it is sent a signal.
"""

import argparse
import asyncio
import mmap
import os
import re
import socket
import sys

TICK = 0.01  # seconds between writes: the pace is smooth to a hundredth
CATCH_UP = 0.05  # a client that did not read for longer than this gets no burst for it


class SlowServer:
    def __init__(self, file, rate, slow_nth, slow_rate):
        self.body = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
        self.rate, self.slow_nth, self.slow_rate = rate, slow_nth, slow_rate
        self.asked = 0  # connections that asked for something

    async def serve(self, reader, writer):
        writer.transport.set_write_buffer_limits(high=0)
        writer.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        rate = None
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                if rate is None:
                    self.asked += 1
                    rate = self.slow_rate if self.asked == self.slow_nth else self.rate
                await self.answer(head.decode("latin-1"), writer, rate)
        except (asyncio.IncompleteReadError, ConnectionError, asyncio.LimitOverrunError):
            pass
        finally:
            writer.close()

    async def answer(self, head, writer, rate):
        total = len(self.body)
        start, end, status = 0, total, "200 OK"
        extra = ""
        asked = re.search(r"(?im)^range:\s*bytes=(\d*)-(\d*)\s*$", head)
        validator = re.search(r"(?im)^if-range:\s*(.*?)\s*$", head)
        if asked and (not validator or validator.group(1) == '"slow"'):
            first, last = asked.groups()
            if first:
                start = int(first)
                end = min(int(last) + 1, total) if last else total
            elif last:
                start = max(0, total - int(last))
            if start >= end:
                writer.write(
                    f"HTTP/1.1 416 Range Not Satisfiable\r\nContent-Range: bytes */{total}\r\n"
                    "Content-Length: 0\r\n\r\n".encode()
                )
                return await writer.drain()
            status = "206 Partial Content"
            extra = f"Content-Range: bytes {start}-{end - 1}/{total}\r\n"
        writer.write(
            f"HTTP/1.1 {status}\r\nContent-Length: {end - start}\r\n{extra}"
            "Accept-Ranges: bytes\r\nContent-Type: application/octet-stream\r\n"
            'ETag: "slow"\r\nLast-Modified: Mon, 05 Jan 2026 10:00:00 GMT\r\n\r\n'.encode()
        )
        if head.startswith("HEAD "):
            return await writer.drain()
        await self.pace(self.body[start:end], writer, rate)

    @staticmethod
    async def pace(body, writer, rate):
        now = asyncio.get_running_loop().time
        sent, began = 0, now()
        while sent < len(body):
            due = int((now() - began) * rate)
            if due - sent > rate * CATCH_UP:
                began += (due - sent) / rate - CATCH_UP
                due = int((now() - began) * rate)
            if due > sent:
                due = min(due, len(body))
                writer.write(body[sent:due])
                await writer.drain()
                sent = due
            await asyncio.sleep(TICK)


async def stall(reader, writer):
    try:
        while await reader.read(65536):
            pass
    except ConnectionError:
        pass
    finally:
        writer.close()


async def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--file")
    parser.add_argument("--rate", type=int, default=8_000_000)
    parser.add_argument("--slow-nth", type=int, default=0)
    parser.add_argument("--slow-rate", type=int, default=80_000)
    parser.add_argument("--stall", action="store_true")
    options = parser.parse_args()
    if options.stall:
        handler = stall
    else:
        with open(options.file, "rb") as file:
            handler = SlowServer(file, options.rate, options.slow_nth, options.slow_rate).serve
    # A small send buffer: what was paced here must not leave in one burst later.
    listener = socket.create_server(("127.0.0.1", 0), backlog=1024)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 256 * 1024)
    server = await asyncio.start_server(handler, sock=listener)
    print(listener.getsockname()[1], flush=True)
    loop = asyncio.get_running_loop()
    async with server:
        await loop.run_in_executor(None, lambda: os.read(sys.stdin.fileno(), 1))


if __name__ == "__main__":
    try:
        asyncio.run(main())
    except KeyboardInterrupt:
        pass
