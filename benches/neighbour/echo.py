#!/usr/bin/env python3
"""Round trips of a small UDP packet across a link, every 20 ms: what somebody else on the line feels.

    echo.py NAME-cli NAME-srv FILE [--every MS]

Sends from one network namespace to 10.77.0.1 in the other and answers there itself; both ends live
in this process, real-time where it may be, so that a busy machine is not taken for a busy line.
FILE: CSV, a row a packet: time sent (CLOCK_MONOTONIC, seconds), round trip in ms (empty: lost).
Ends on SIGTERM, SIGINT. What must always be true: a late or lost answer never delays the next packet.
"""

import argparse
import ctypes
import os
import select
import signal
import socket
import struct
import time

CLONE_NEWNET = 0x40000000
SERVER = ("10.77.0.1", 7007)
LOST_AFTER = 5.0  # seconds


def enter(space):
    """The calling thread's new sockets belong to that namespace from now on."""
    libc = ctypes.CDLL(None, use_errno=True)
    fd = os.open(f"/run/netns/{space}", os.O_RDONLY)
    try:
        if libc.setns(fd, CLONE_NEWNET):
            raise OSError(ctypes.get_errno(), f"cannot enter {space}")
    finally:
        os.close(fd)


def udp(space):
    enter(space)
    found = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    found.setblocking(False)
    return found


def run(client, server, out, every, running):
    sent_at, number, next_at = {}, 0, time.monotonic()
    while running:
        ready = select.select([client, server], [], [], max(0.0, next_at - time.monotonic()))[0]
        now = time.monotonic()
        if server in ready:
            packet, sender = server.recvfrom(64)
            server.sendto(packet, sender)
        if client in ready:
            answered = struct.unpack("!I", client.recv(64))[0]
            if answered in sent_at:
                sent = sent_at.pop(answered)
                out.write(f"{sent:.6f},{(now - sent) * 1000:.3f}\n")
        if now >= next_at:
            sent_at[number] = now
            client.sendto(struct.pack("!I", number), SERVER)
            number += 1
            next_at = max(next_at + every, now - every)
            for lost in [n for n, sent in sent_at.items() if sent < now - LOST_AFTER]:
                out.write(f"{sent_at.pop(lost):.6f},\n")


def main():
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("client")
    words.add_argument("server")
    words.add_argument("file")
    words.add_argument("--every", type=float, default=20.0)
    a = words.parse_args()
    running = [True]
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: running.clear())
    server = udp(a.server)
    server.bind(SERVER)
    client = udp(a.client)
    try:
        os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(10))
    except OSError:
        pass
    with open(a.file, "w", buffering=1) as out:
        run(client, server, out, a.every / 1000, running)


if __name__ == "__main__":
    main()
