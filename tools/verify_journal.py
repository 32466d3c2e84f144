#!/usr/bin/env python3
"""Verifies a journal file of Kura (docs/journal-file.md) with nothing but Python's standard library.

It is the second verifier: it shares no code with the first one (`kura journal verify`, crates/kura-journal) and says the same words.

    verify_journal.py FILE KEY [CHECKPOINT...]    KEY as on the recovery sheet (ed25519:...), CHECKPOINT files that somebody kept
    verify_journal.py --batch KEY < LINES         lines {"journal": base64, "witnessed": [text...]}; a verdict for each

Prints one line. Exit status: 0 good, 1 wrong, 2 the question itself cannot be understood.
"""

import base64
import functools
import hashlib
import io
import json
import re
import struct
import sys

PAYLOAD_MAX = 1 << 20
NOTE_MAX = 1 << 17
SIGNATURES_MAX = 32
SIZE_MAX = 1 << 48
UUID7 = rb"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"
HEADER = re.compile(rb"kura-journal 1\n(" + UUID7 + rb")\n")
BODY = re.compile(r"kura/office/(" + UUID7.decode() + r")/log/([1-9][0-9]{0,9})\n(0|[1-9][0-9]{0,15})\n([A-Za-z0-9+/]{43}=)\n")


class Wrong(Exception):
    """The first thing that does not fit: the words of the verdict behind `wrong`."""


class NotSigned(Exception):
    """A checkpoint without a good signature by the log key."""


class NotACheckpoint(Exception):
    """Not a checkpoint at all."""


# ---- Ed25519 (RFC 8032, section 5.1), verifying only -------------------------------------------------------------------------

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)


def recover_x(y, sign):
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT_OF_MINUS_ONE % P
    if (x * x - square) % P or (x == 0 and sign):
        return None
    return P - x if x & 1 != sign else x


def point(data):
    """The point of 32 bytes in extended coordinates (X, Y, Z, T); None where there is none."""
    number = int.from_bytes(data, "little")
    y, sign = number & ((1 << 255) - 1), number >> 255
    x = recover_x(y, sign)
    return None if x is None else (x, y, 1, x * y % P)


def add(p, q):
    a, b = (p[1] - p[0]) * (q[1] - q[0]) % P, (p[1] + p[0]) * (q[1] + q[0]) % P
    c, d = 2 * p[3] * q[3] * D % P, 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def times(scalar, p):
    result = (0, 1, 1, 0)
    while scalar:
        if scalar & 1:
            result = add(result, p)
        p, scalar = add(p, p), scalar >> 1
    return result


def same(p, q):
    return (p[0] * q[2] - q[0] * p[2]) % P == 0 and (p[1] * q[2] - q[1] * p[2]) % P == 0


BASE = (lambda y: (recover_x(y, 0), y, 1, recover_x(y, 0) * y % P))(4 * pow(5, -1, P) % P)
NEUTRAL = (0, 1, 1, 0)


@functools.lru_cache(maxsize=4096)
def ed25519_good(key, text, signature):
    if len(signature) != 64:
        return False
    a, r = point(key), point(signature[:32])
    s = int.from_bytes(signature[32:], "little")
    if a is None or r is None or s >= L or same(times(8, a), NEUTRAL) or same(times(8, r), NEUTRAL):
        return False
    h = int.from_bytes(hashlib.sha512(signature[:32] + key + text).digest(), "little") % L
    return same(times(s, BASE), add(r, times(h, a)))


# ---- signed notes and checkpoints (C2SP signed-note, tlog-checkpoint) ---------------------------------------------------------


def decode_base64(text):
    """Standard base64 with its padding, in the one spelling that encoding gives."""
    try:
        data = base64.b64decode(text, validate=True)
    except ValueError:
        raise NotACheckpoint from None
    if base64.b64encode(data).decode() != text:
        raise NotACheckpoint
    return data


def signatures_of(lines):
    if len(lines) > SIGNATURES_MAX:
        raise NotACheckpoint
    for line in lines:
        name, space, signature = line[2:].partition(" ")
        if line[:2] != "— " or not space or not name or re.search(r"[\s+\x7f-\x9f]", name):
            raise NotACheckpoint
        data = decode_base64(signature)
        if len(data) <= 4:
            raise NotACheckpoint
        yield name, data[:4], data[4:]


@functools.lru_cache(maxsize=4096)
def open_checkpoint(note, key):
    """(office, epoch, size, root) of a note that the key signed."""
    if len(note) > NOTE_MAX:
        raise NotACheckpoint
    try:
        text, empty_line, rest = note.decode().rpartition("\n\n")
    except UnicodeDecodeError:
        raise NotACheckpoint from None
    text += "\n"
    body = BODY.fullmatch(text)
    if not empty_line or not rest.endswith("\n") or re.search(r"[\x00-\x09\x0b-\x1f]", text + rest) or not body:
        raise NotACheckpoint
    office, epoch, size, root = body[1], int(body[2]), int(body[3]), decode_base64(body[4])
    signatures = list(signatures_of(rest[:-1].split("\n")))
    if epoch >= 1 << 32 or size > SIZE_MAX:
        raise NotACheckpoint
    own_name = text.partition("\n")[0]
    own_id = hashlib.sha256(own_name.encode() + b"\n\x01" + key).digest()[:4]
    own = [signature for name, key_id, signature in signatures if (name, key_id) == (own_name, own_id)]
    if not own or not all(ed25519_good(key, text.encode(), signature) for signature in own):
        raise NotSigned
    return office, epoch, size, root


# ---- the tree (RFC 6962, section 2.1) ----------------------------------------------------------------------------------------


class Tree:
    """The right edge of a Merkle tree: (height, hash) of the whole subtrees that it is made of."""

    def __init__(self):
        self.size = 0
        self.peaks = []

    def push(self, leaf):
        height = 0
        while self.peaks and self.peaks[-1][0] == height:
            leaf = hashlib.sha256(b"\x01" + self.peaks.pop()[1] + leaf).digest()
            height += 1
        self.peaks.append((height, leaf))
        self.size += 1

    def root(self):
        if not self.peaks:
            return hashlib.sha256().digest()
        root = self.peaks[-1][1]
        for _, left in self.peaks[-2::-1]:
            root = hashlib.sha256(b"\x01" + left + root).digest()
        return root


# ---- the file ----------------------------------------------------------------------------------------------------------------


def read_record(source, here):
    head = source.read(5)
    if len(head) < 5:
        raise Wrong(f"{here} truncated")
    tag, length = head[:1], struct.unpack(">I", head[1:])[0]
    least, most = {b"E": (64, 64 + PAYLOAD_MAX), b"C": (0, NOTE_MAX), b"Z": (8, 8)}.get(tag, (1, 0))
    if not least <= length <= most:
        raise Wrong(f"{here} form")
    content = source.read(length)
    if len(content) < length:
        raise Wrong(f"{here} truncated")
    return tag, content


def read_head(payload):
    """(seq, at, opening) of a payload; opening is (epoch, witnessed size, witnessed root, end of the gap or None) or None."""
    if len(payload) < 17 or payload[0] not in (1, 2):
        return None
    seq, at = struct.unpack(">QQ", payload[1:17])
    if seq == 0:
        return None
    if payload[0] == 1:
        return seq, at, None
    if len(payload) < 17 + 53:
        return None
    epoch, size, root, known, end = struct.unpack(">IQ32sBQ", payload[17 : 17 + 53])
    if epoch == 0 or known > 1 or (not known and end):
        return None
    return seq, at, (epoch, size, root, end if known else None)


class Journal:
    def __init__(self, office, key, witnessed):
        self.office = office
        self.key = key
        self.tree = Tree()
        self.epoch = 1
        self.last_at = 0
        self.signed = {}  # size -> root, of the checkpoints in the file that fit
        self.witnessed = sorted(witnessed, key=lambda checkpoint: (checkpoint[2], checkpoint[1]))
        self.witnessed_good = 0
        self.gaps = []
        self.lost = []  # (number of the opening that declares it, size) of kept checkpoints that lie in a gap

    def entry(self, content):
        seq = self.tree.size + 1
        salt, leaf, payload = content[:32], content[32:64], content[64:]
        if hashlib.sha256(b"\x00" + salt + payload).digest() != leaf:
            raise Wrong(f"seq={seq} leaf-hash")
        head = read_head(payload)
        if head is None:
            raise Wrong(f"seq={seq} head")
        found, at, opening = head
        if found > seq:
            raise Wrong(f"seq={seq} gap until={found - 1}")
        if found < seq:
            raise Wrong(f"seq={seq} order found={found}")
        if at < self.last_at:
            raise Wrong(f"seq={seq} time-backwards")
        self.compare_witnessed()
        if opening is not None:
            self.open_epoch(seq, *opening)
        self.tree.push(leaf)
        self.last_at = at

    def open_epoch(self, seq, epoch, size, root, gap_end):
        contradicts = self.signed.get(size, root) != root
        impossible = gap_end is not None and gap_end < max(seq - 1, size)
        if epoch <= self.epoch or contradicts or impossible:
            raise Wrong(f"seq={seq} epoch")
        past = [witness for witness in self.witnessed if witness[1] < epoch]
        declared = [witness for witness in past if size > witness[2] or (size, root) == witness[2:]]
        concealed = [witness[2] for witness in past if witness not in declared]
        if concealed:
            raise Wrong(f"seq={seq} undeclared until={max(concealed)}")
        self.lost += [(seq, witness[2]) for witness in past]
        self.witnessed = [witness for witness in self.witnessed if witness[1] >= epoch]
        self.gaps.append(f" gap={epoch}:{seq}..{'?' if gap_end is None else gap_end}")
        self.epoch = epoch

    def checkpoint(self, note):
        count = self.tree.size
        try:
            office, epoch, size, root = open_checkpoint(note, self.key)
        except NotSigned:
            raise Wrong(f"after={count} signature") from None
        except NotACheckpoint:
            raise Wrong(f"after={count} checkpoint-form") from None
        if (office, epoch) != (self.office, self.epoch):
            raise Wrong(f"after={count} checkpoint-origin")
        if size > count:
            raise Wrong(f"seq={count + 1} gap until={size}")
        if size < count:
            raise Wrong(f"after={count} checkpoint-place size={size}")
        if root != self.tree.root():
            good = max((known for known in self.signed if known < count), default=0)
            raise Wrong(f"seq={good + 1}..{count} checkpoint")
        self.signed[size] = root

    def compare_witnessed(self):
        while self.witnessed and self.witnessed[0][2] == self.tree.size:
            office, epoch, size, root = self.witnessed.pop(0)
            if (office, epoch, root) != (self.office, self.epoch, self.tree.root()):
                raise Wrong(f"seq={self.witnessed_good + 1}..{size} fork")
            self.witnessed_good = size

    def end(self, entries):
        count = self.tree.size
        if entries > count:
            raise Wrong(f"seq={count + 1} gap until={entries}")
        if entries < count:
            raise Wrong(f"after={count} form")
        self.compare_witnessed()
        signed = max(self.signed, default=0)
        unsigned = [opening for opening, _ in self.lost if opening > signed]
        if unsigned:
            until = max(size for opening, size in self.lost if opening == unsigned[0])
            raise Wrong(f"seq={unsigned[0]} undeclared until={until}")
        if self.witnessed:
            raise Wrong(f"seq={count + 1} short until={self.witnessed[-1][2]}")

    def good(self):
        signed = max(self.signed, default=0)
        root = base64.b64encode(self.tree.root()).decode()
        lost = "".join(f" witness-lost={size}" for _, size in self.lost)
        return f"good entries={self.tree.size} signed={signed} epoch={self.epoch} root={root}{''.join(self.gaps)}{lost}"


def verify(source, key, witnessed):
    """The verdict of a journal file, in one line."""
    try:
        header = HEADER.fullmatch(source.read(52))
        if not header:
            raise Wrong("after=0 not-a-journal")
        journal = Journal(header[1].decode(), key, witnessed)
        while True:
            tag, content = read_record(source, f"seq={journal.tree.size + 1}")
            if tag == b"E":
                journal.entry(content)
            elif tag == b"C":
                journal.checkpoint(content)
            else:
                journal.end(struct.unpack(">Q", content)[0])
                if source.read(1):
                    raise Wrong(f"after={journal.tree.size} trailing")
                return journal.good()
    except Wrong as wrong:
        return f"wrong {wrong}"


def read_key(text):
    key = decode_base64(text.removeprefix("ed25519:"))
    place = point(key) if text.startswith("ed25519:") and len(key) == 32 else None
    if place is None or same(times(8, place), NEUTRAL):
        raise NotACheckpoint
    return key


def main(arguments):
    try:
        if len(arguments) == 2 and arguments[0] == "--batch":
            key = read_key(arguments[1])
            for line in sys.stdin:
                question = json.loads(line)
                witnessed = [open_checkpoint(note.encode(), key) for note in question["witnessed"]]
                print(verify(io.BytesIO(base64.b64decode(question["journal"])), key, witnessed))
            return 0
        path, key, *notes = arguments
        key = read_key(key)
        witnessed = []
        for note in notes:
            with open(note, "rb") as source:
                witnessed.append(open_checkpoint(source.read(), key))
    except (ValueError, OSError, NotACheckpoint, NotSigned):
        print(__doc__, file=sys.stderr)
        return 2
    with open(path, "rb") as source:
        verdict = verify(source, key, witnessed)
    print(verdict)
    return 0 if verdict.startswith("good") else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
