"""The format of README.md a second time: written from the page, the standards and nothing else, with Python's own library.

Prints the known answers that known_answers.rs compares with kura-seal. AES (FIPS 197), GCM (SP 800-38D), P-256 (SP 800-186) and
HPKE (RFC 9180) are spelled out here, slowly and openly: this file shares no line with what it checks. Not for secrets.
"""

import hashlib
import hmac
import json

# --- HKDF (RFC 5869)


def extract(salt, key):
    return hmac.new(salt, key, hashlib.sha256).digest()


def expand(key, info, length):
    out, block, count = b"", b"", 1
    while len(out) < length:
        block = hmac.new(key, block + info + bytes([count]), hashlib.sha256).digest()
        out, count = out + block, count + 1
    return out[:length]


# --- AES-256 (FIPS 197)


def times(a, b):
    product = 0
    while b:
        product, a, b = product ^ (a if b & 1 else 0), (a << 1) ^ (0x11B if a & 0x80 else 0), b >> 1
    return product


def substitute(byte):
    inverse = next((x for x in range(1, 256) if times(byte, x) == 1), 0)
    turned = inverse
    for by in range(1, 5):
        turned ^= (inverse << by | inverse >> (8 - by)) & 0xFF
    return turned ^ 0x63


SBOX = [substitute(byte) for byte in range(256)]


def round_keys(key):
    words, constant = [key[i : i + 4] for i in range(0, 32, 4)], 1
    while len(words) < 60:
        word = words[-1]
        if len(words) % 8 == 0:
            word = bytes(SBOX[b] for b in word[1:] + word[:1])
            word, constant = bytes([word[0] ^ constant]) + word[1:], times(constant, 2)
        elif len(words) % 8 == 4:
            word = bytes(SBOX[b] for b in word)
        words.append(bytes(a ^ b for a, b in zip(word, words[-8])))
    return [b"".join(words[i : i + 4]) for i in range(0, 60, 4)]


def aes_block(keys, block):
    state = bytes(a ^ b for a, b in zip(block, keys[0]))
    for at, key in enumerate(keys[1:], 1):
        state = [SBOX[state[(i + 4 * (i % 4)) % 16]] for i in range(16)]
        if at < 14:
            mixed = []
            for column in range(0, 16, 4):
                a = state[column : column + 4]
                for row in range(4):
                    mixed.append(times(a[row], 2) ^ times(a[row - 3], 3) ^ a[row - 2] ^ a[row - 1])
            state = mixed
        state = bytes(a ^ b for a, b in zip(state, key))
    return state


# --- GCM (SP 800-38D)


def hash_times(x, y):
    product = 0
    for bit in range(128):
        if x >> (127 - bit) & 1:
            product ^= y
        y = (y >> 1) ^ (0xE1 << 120 if y & 1 else 0)
    return product


def gcm(key, nonce, associated, text):
    """Ciphertext and tag."""
    keys = round_keys(key)
    counter = lambda count: aes_block(keys, nonce + count.to_bytes(4, "big"))
    stream = b"".join(counter(2 + i) for i in range((len(text) + 15) // 16))
    sealed = bytes(a ^ b for a, b in zip(text, stream))
    padded = lambda data: data + bytes(-len(data) % 16)
    lengths = (8 * len(associated)).to_bytes(8, "big") + (8 * len(sealed)).to_bytes(8, "big")
    blocks, h, y = padded(associated) + padded(sealed) + lengths, int.from_bytes(aes_block(keys, bytes(16)), "big"), 0
    for at in range(0, len(blocks), 16):
        y = hash_times(y ^ int.from_bytes(blocks[at : at + 16], "big"), h)
    return sealed + (y ^ int.from_bytes(counter(1), "big")).to_bytes(16, "big")


# --- P-256 (SP 800-186) and DHKEM, HPKE (RFC 9180)

P = 2**256 - 2**224 + 2**192 + 2**96 - 1
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
G = (
    0x6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296,
    0x4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5,
)


def add(p, q):
    if p is None or q is None:
        return p or q
    if p[0] == q[0] and (p[1] + q[1]) % P == 0:
        return None
    if p == q:
        slope = 3 * (p[0] ** 2 - 1) * pow(2 * p[1], -1, P)
    else:
        slope = (q[1] - p[1]) * pow(q[0] - p[0], -1, P)
    x = (slope**2 - p[0] - q[0]) % P
    return (x, (slope * (p[0] - x) - p[1]) % P)


def multiply(number, point):
    total = None
    while number:
        if number & 1:
            total = add(total, point)
        point, number = add(point, point), number >> 1
    return total


def point_bytes(point):
    return b"\x04" + point[0].to_bytes(32, "big") + point[1].to_bytes(32, "big")


def labeled_extract(suite, salt, label, key):
    return extract(salt, b"HPKE-v1" + suite + label + key)


def labeled_expand(suite, key, label, info, length):
    return expand(key, length.to_bytes(2, "big") + b"HPKE-v1" + suite + label + info, length)


KEM = b"KEM" + (0x10).to_bytes(2, "big")
HPKE = b"HPKE" + b"".join(number.to_bytes(2, "big") for number in (0x10, 1, 2))


def key_pair(seed):
    key = labeled_extract(KEM, b"", b"dkp_prk", seed)
    for count in range(256):
        secret = int.from_bytes(labeled_expand(KEM, key, b"candidate", bytes([count]), 32), "big")
        if 0 < secret < ORDER:
            return secret, multiply(secret, G)


def hpke(public, seed, info, associated, text):
    """Encapsulated key and ciphertext with tag; `seed` is the chance of the sender."""
    secret, own = key_pair(seed)
    encapsulated = point_bytes(own)
    shared = multiply(secret, public)[0].to_bytes(32, "big")
    key = labeled_extract(KEM, b"", b"eae_prk", shared)
    shared = labeled_expand(KEM, key, b"shared_secret", encapsulated + point_bytes(public), 32)
    context = b"\0" + labeled_extract(HPKE, b"", b"psk_id_hash", b"") + labeled_extract(HPKE, b"", b"info_hash", info)
    key = labeled_extract(HPKE, shared, b"secret", b"")
    nonce = labeled_expand(HPKE, key, b"base_nonce", context, 12)
    key = labeled_expand(HPKE, key, b"key", context, 32)
    return encapsulated + gcm(key, nonce, associated, text)


# --- The format of README.md


def seal(key, label, schema, epoch, salt, context, body, suite=1):
    both = expand(extract(salt, key), label, 64)
    header = suite.to_bytes(2, "big") + schema.to_bytes(2, "big") + epoch.to_bytes(4, "big") + salt + both[32:]
    return header + gcm(both[:32], bytes(12), header + context, body)


def frame(body):
    """zstd (RFC 8878): a single segment with its size in one byte, one raw block. Short bodies are not worth compressing."""
    assert len(body) < 32
    return bytes.fromhex("28b52ffd20") + bytes([len(body)]) + (len(body) << 3 | 1).to_bytes(3, "little") + body


def fingerprint(key):
    text = hashlib.sha256(key).hexdigest()[:32]
    return " ".join(text[i : i + 4] for i in range(0, 32, 4))


def some(name, length=32):
    """Bytes that look like chance and are the same each time."""
    return expand(extract(b"kura known answers", name.encode()), b"", length)


def identity(name):
    """UUIDv7 of 2026-09-21."""
    chance = bytearray(some(name, 10))
    chance[0], chance[2] = 0x70 | chance[0] & 0x0F, 0x80 | chance[2] & 0x3F
    return (1_790_000_000_000).to_bytes(6, "big") + bytes(chance)


def answers():
    office, unit, record = identity("office"), identity("unit"), identity("record")
    unit_key, data_key, server_key, salt = some("unit key"), some("data key"), some("server key"), some("salt")
    ids = {"office": office, "unit": unit, "record": record}

    body, kind, version, schema, epoch = b'{"yen":1}', 0x0102, 0x0304050607080910, 0x0A0B, 0x0C0D0E0F
    context_of_record = context = office + unit + kind.to_bytes(2, "big") + record + version.to_bytes(8, "big")
    yield ids | {
        "what": "record", "key": unit_key, "salt": salt, "kind": kind, "version": version, "schema": schema, "epoch": epoch,
        "body": body, "sealed": seal(unit_key, b"kura/1/record", schema, epoch, salt, context, frame(body)),
    }
    sample = b'{"month":"2026-10","yen":0}'
    context += hashlib.sha256(sample).digest()
    yield ids | {
        "what": "record with a dictionary", "key": unit_key, "kind": kind, "version": version, "schema": schema, "body": body,
        "sample": sample, "sealed": seal(unit_key, b"kura/1/record", schema, epoch, salt, context, frame(body), 2),
    }
    context = office + version.to_bytes(8, "big")
    yield ids | {
        "what": "entry", "key": unit_key, "salt": salt, "seq": version, "schema": schema, "epoch": epoch, "body": body,
        "sealed": seal(unit_key, b"kura/1/entry", schema, epoch, salt, context, frame(body)),
    }
    yield ids | {
        "what": "unit key", "above": data_key, "epoch": epoch, "salt": salt, "key": unit_key,
        "wrapped": seal(data_key, b"kura/1/unit key", 1, epoch, salt, office + unit, unit_key),
    }
    yield ids | {
        "what": "data key", "above": server_key, "epoch": epoch, "salt": salt, "key": data_key,
        "wrapped": seal(server_key, b"kura/1/data key", 1, epoch, salt, office, data_key),
    }
    former = some("former unit key")
    yield ids | {
        "what": "unit keys", "above": data_key, "epoch": epoch, "salt": salt,
        "wrapped": seal(data_key, b"kura/1/unit key", 1, epoch, salt, office + unit, unit_key + former),
        "version": version, "kind": kind,
        "sealed": seal(former, b"kura/1/record", schema, epoch, salt, context_of_record, frame(body)), "body": body,
    }
    house_key = extract(b"kura/1/house key", server_key)
    yield ids | {
        "what": "house record", "server_key": server_key, "kind": kind, "version": version, "body": body,
        "sealed": seal(house_key, b"kura/1/record", schema, epoch, salt, context_of_record, frame(body)),
    }
    seed = some("holder")
    public, head = key_pair(seed)[1], (1).to_bytes(2, "big") + epoch.to_bytes(4, "big")
    yield ids | {
        "what": "holder", "seed": seed, "public": point_bytes(public), "salt": salt, "epoch": epoch, "key": data_key,
        "wrapped": head + hpke(public, salt, b"kura/1/data key to holder", head + office, data_key),
    }
    number = office.hex()
    text = "-".join(number[a:b] for a, b in ((0, 8), (8, 12), (12, 16), (16, 20), (20, 32)))
    check = hashlib.sha256(b"KURA-RECOVERY-1" + office + seed).hexdigest()[:8]
    lookup_key = extract(b"kura/1/lookup key", unit_key)
    words = b"002|07"
    yield ids | {
        "what": "look-up", "words": words, "hash": b"\x01" + hmac.new(lookup_key, words, hashlib.sha256).digest()[:16],
    }
    yield ids | {
        "what": "sheet", "seed": seed, "fingerprint": fingerprint(point_bytes(public)),
        "qr": f"KURA-RECOVERY-1/{text}/{seed.hex()}/{check}".upper(),
    }


if __name__ == "__main__":
    # FIPS 197, appendix C.3; RFC 5869, case 1 (beginning); SP 800-186: the order of G.
    assert aes_block(round_keys(bytes(range(32))), bytes.fromhex("00112233445566778899aabbccddeeff")).hex() == "8ea2b7ca516745bfeafc49904b496089"
    assert extract(bytes(range(13)), b"\x0b" * 22).hex().startswith("077709362c2e32df0ddc3f0dc47bba63")
    assert multiply(ORDER, G) is None
    for answer in answers():
        print(json.dumps({name: value.hex() if isinstance(value, bytes) else value for name, value in answer.items()}))
