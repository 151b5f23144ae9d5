import assert from "node:assert/strict";
import { createServer } from "node:net";
import { err, ok } from "../../../core/channel/mod.ts";
import { fakeIo } from "../fake_channel.ts";
import { openImap } from "./open_imap.ts";

const USER = "agent@example.com";
const TOKEN = "ya29.TESTTOKEN";
/** `channels/email.md`, 8. */
const XOAUTH2_VECTOR = "dXNlcj1hZ2VudEBleGFtcGxlLmNvbQFhdXRoPUJlYXJlciB5YTI5LlRFU1RUT0tFTgEB";
const OAUTHBEARER_VECTOR =
  "bixhPWFnZW50QGV4YW1wbGUuY29tLAFob3N0PWltYXAuZ21haWwuY29tAXBvcnQ9OTkzAWF1dGg9QmVhcmVyIHlhMjkuVEVTVFRPS0VOAQE=";

interface TokenServer extends AsyncDisposable {
  readonly port: number;
  /** Lines of the sign-ins: the commands without tags, and what answered a challenge. */
  readonly said: readonly string[];
}

/** A server that lets in by one mechanism, and says why it does not as Google does. */
async function openTokenServer(
  mechanism: string | null,
  accepts: (payload: string) => boolean,
): Promise<TokenServer> {
  const said: string[] = [];
  const capability = `IMAP4rev1 SASL-IR${mechanism === null ? "" : ` AUTH=${mechanism}`}`;
  const server = createServer((socket) => {
    let refusing: string | null = null;
    socket.on("error", () => {});
    socket.write(`* OK [CAPABILITY ${capability}] ready\r\n`);
    socket.on("data", (data) => {
      for (const line of data.toString("latin1").split("\r\n").slice(0, -1)) {
        if (refusing !== null) {
          said.push(line);
          socket.write(`${refusing} NO [AUTHENTICATIONFAILED] Invalid credentials\r\n`);
          refusing = null;
          continue;
        }
        const [tag = "", command = "", ...rest] = line.split(" ");
        if (command === "AUTHENTICATE") {
          said.push([command, ...rest].join(" "));
          if (!accepts(rest[1] ?? "")) {
            refusing = tag;
            socket.write(`+ ${btoa('{"status":"401","schemes":"bearer"}')}\r\n`);
            continue;
          }
        }
        if (command === "CAPABILITY") socket.write(`* CAPABILITY ${capability}\r\n`);
        socket.write(`${tag} OK done\r\n`);
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  return {
    port: typeof address === "object" && address !== null ? address.port : 0,
    said,
    [Symbol.asyncDispose]: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** Opens it with tokens to come, the first first; the code of what came of it. */
async function open({ port }: TokenServer, ...tokens: readonly string[]): Promise<string> {
  const left = [...tokens];
  const refused: (string | undefined)[] = [];
  const io = fakeIo({
    accessToken(token) {
      refused.push(token);
      const next = left.shift();
      const error = { code: "unauthorized", message: "Sign in again" } as const;
      return Promise.resolve(next === undefined ? err(error) : ok(next));
    },
  });
  const server = { host: "imap.gmail.com", port, security: "none", user: USER } as const;
  const opened = await openImap({ id: "chn_1" }, { ...server, signIn: "oauth" }, io);
  // Whoever asks again names the token that was refused.
  assert.deepEqual(refused, [undefined, ...tokens].slice(0, refused.length));
  if (!opened.ok) return `${opened.error.code}: ${opened.error.message}`;
  opened.value.close();
  return "open";
}

Deno.test("openImap() signs in by XOAUTH2 as the vector has it", async () => {
  await using server = await openTokenServer("XOAUTH2", (payload) => payload === XOAUTH2_VECTOR);

  assert.equal(await open(server, TOKEN), "open");

  assert.deepEqual(server.said, [`AUTHENTICATE XOAUTH2 ${XOAUTH2_VECTOR}`]);
});

Deno.test("openImap() signs in by OAUTHBEARER as the vector has it, with the real host and port", async () => {
  await using server = await openTokenServer("OAUTHBEARER", () => true);

  assert.equal(await open(server, TOKEN), "open");

  const sent = atob(server.said[0]?.split(" ")[2] ?? "");
  const vector = atob(OAUTHBEARER_VECTOR);
  assert.equal(sent, vector.replace("port=993", `port=${server.port}`));
});

for (const [mechanism, answer] of [["XOAUTH2", ""], ["OAUTHBEARER", "AQ=="]] as const) {
  Deno.test(`openImap() answers a refusal of ${mechanism}, and tries the next token once`, async () => {
    let tries = 0;
    await using server = await openTokenServer(mechanism, () => ++tries === 2);

    assert.equal(await open(server, "old", TOKEN), "open");

    assert.equal(server.said.length, 3);
    assert.equal(server.said[1], answer);
  });

  Deno.test(`openImap() gives up when ${mechanism} refuses both tokens`, async () => {
    await using server = await openTokenServer(mechanism, () => false);

    const opened = await open(server, "old", TOKEN, "one too many");

    assert.equal(
      opened,
      "unauthorized: The mail server does not accept this sign-in for the mailbox. Sign in again.",
    );
    assert.equal(server.said.filter((line) => line.startsWith("AUTHENTICATE")).length, 2);
  });
}

Deno.test("openImap() says when the server takes no tokens at all, and asks it nothing without one", async () => {
  await using server = await openTokenServer(null, () => true);

  assert.equal(
    await open(server, TOKEN),
    "config: The mail server lets nobody sign in with Google or Microsoft.",
  );
  assert.equal(await open(server), "unauthorized: Sign in again");
  assert.deepEqual(server.said, []);
});
