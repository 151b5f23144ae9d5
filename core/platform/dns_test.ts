import assert from "node:assert/strict";
import { createSocket } from "node:dgram";
import { Buffer } from "node:buffer";
import { createDns } from "./dns.ts";

/** Record types and answer codes of DNS. */
const TYPES = { A: 1, MX: 15, TXT: 16 } as const;
const NO_SUCH_NAME = 3;

type Known = Readonly<Record<string, { readonly type: keyof typeof TYPES; readonly data: Buffer }>>;

/** A name server that knows a few names, is silent about those that begin with "silent", and knows of no other. */
async function withNameServer(
  known: Known,
  run: (server: { ipAddr: string; port: number }) => Promise<void>,
): Promise<void> {
  const socket = createSocket("udp4");
  socket.on("message", (query, from) => {
    let at = 12;
    const labels: string[] = [];
    for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
      labels.push(query.subarray(at + 1, at + 1 + length).toString());
      at += 1 + length;
    }
    const name = labels.join(".").toLowerCase();
    if (name.startsWith("silent")) return;
    const question = query.subarray(12, at + 5);
    const record = known[name];
    const isAsked = record !== undefined && query.readUInt16BE(at + 1) === TYPES[record.type];
    const head = Buffer.alloc(12);
    query.copy(head, 0, 0, 2);
    head.writeUInt16BE(0x8180 | (record === undefined ? NO_SUCH_NAME : 0), 2);
    head.writeUInt16BE(1, 4);
    head.writeUInt16BE(isAsked ? 1 : 0, 6);
    const answer = Buffer.alloc(isAsked ? 12 : 0);
    if (isAsked) {
      answer.writeUInt16BE(0xc00c, 0);
      answer.writeUInt16BE(TYPES[record.type], 2);
      answer.writeUInt16BE(1, 4);
      answer.writeUInt32BE(60, 6);
      answer.writeUInt16BE(record.data.length, 10);
    }
    const data = isAsked ? record.data : Buffer.alloc(0);
    socket.send(Buffer.concat([head, question, answer, data]), from.port, from.address);
  });
  await new Promise<void>((resolve) => socket.bind(0, "127.0.0.1", resolve));
  try {
    await run({ ipAddr: "127.0.0.1", port: socket.address().port });
  } finally {
    await new Promise<void>((resolve) => socket.close(() => resolve()));
  }
}

const text = (...pieces: readonly string[]) =>
  Buffer.concat(pieces.map((piece) => Buffer.from([piece.length, ...Buffer.from(piece)])));

Deno.test("createDns() asks a name server and joins the strings of a text record", async () => {
  const mx = Buffer.concat([Buffer.from([0, 10]), text("mail", "posta", "example"), Buffer.of(0)]);
  const known: Known = {
    "posta.example": { type: "MX", data: mx },
    "key.posta.example": { type: "TXT", data: text("v=DKIM1; p=abc", "def") },
  };
  await withNameServer(known, async (server) => {
    const dns = createDns(server);
    const { signal } = new AbortController();

    assert.deepEqual(await dns("key.posta.example", "TXT", signal), {
      ok: true,
      value: ["v=DKIM1; p=abcdef"],
    });
    assert.deepEqual(await dns("posta.example", "MX", signal), {
      ok: true,
      value: [{ preference: 10, exchange: "mail.posta.example" }],
    });
    const none = { ok: false, error: "not_found" };
    assert.deepEqual(await dns("posta.example", "TXT", signal), none);
    assert.deepEqual(await dns("gone.example", "A", signal), none);
  });
});

Deno.test("createDns() tells that nobody answers from that there is nothing", async () => {
  await withNameServer({}, async (server) => {
    const found = await createDns(server)("silent.example", "TXT", AbortSignal.timeout(100));

    assert.deepEqual(found, { ok: false, error: "unavailable" });
  });
});
