/** Mail that programs people really use send to the receiver: swaks and s-nail. */
import assert from "node:assert/strict";
import { keys } from "../../core/store/mod.ts";
import { type ReceiverWorld, withReceiver } from "./receiver_world.ts";

const TO = "support@in.veloce.example";
const FROM = "giulia@posta.example";
const fixture = (name: string) =>
  Deno.readTextFileSync(new URL(`../../adapters/email/fixtures/${name}`, import.meta.url));
const CERTIFICATE = { cert: fixture("localhost_cert.pem"), key: fixture("localhost_key.pem") };

const CA = new URL("../../adapters/email/fixtures/localhost_ca.pem", import.meta.url).pathname;

interface Ran {
  readonly code: number;
  /** The whole conversation with the server, or what it complained about. */
  readonly said: string;
}

async function run(program: string, args: readonly string[], input = ""): Promise<Ran> {
  const child = new Deno.Command(program, {
    args: [...args],
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
    env: { LC_ALL: "C.UTF-8" },
  }).spawn();
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(input));
  await writer.close();
  const { code, stdout, stderr } = await child.output();
  const decoder = new TextDecoder();
  return { code, said: decoder.decode(stdout) + decoder.decode(stderr) };
}

function has(program: string): boolean {
  return ["/usr/bin", "/usr/local/bin"].some((folder) => {
    try {
      return Deno.statSync(`${folder}/${program}`).isFile;
    } catch {
      return false;
    }
  });
}

function test(
  program: "swaks" | "s-nail",
  what: string,
  body: (world: ReceiverWorld) => Promise<void>,
): void {
  Deno.test({
    name: `${program}: ${what}`,
    ignore: !has(program),
    fn: () => withReceiver(body, { certificate: CERTIFICATE }),
  });
}

const swaks = ({ port }: ReceiverWorld, ...args: readonly string[]) =>
  run("swaks", ["--server", `127.0.0.1:${port}`, "--from", FROM, ...args]);

/** The only message of the only conversation. */
async function onlyMessage({ inbox, conversationIds }: ReceiverWorld) {
  await inbox.runJobs();
  const [id = "", ...others] = await conversationIds();
  assert.deepEqual(others, []);
  const [message, ...more] = await inbox.thread(id);
  assert.deepEqual(more, []);
  assert.ok(message);
  return message;
}

async function journalOf({ inbox }: ReceiverWorld, journalId: string | undefined) {
  return await inbox.store.get(keys.journal(journalId ?? ""));
}

test("swaks", "a mail with a file becomes a conversation", async (world) => {
  const file = await Deno.makeTempFile({ suffix: ".txt" });
  try {
    await Deno.writeTextFile(file, "the serial number");
    const { code, said } = await swaks(
      world,
      ...["--to", TO, "--header", "Subject: The bike", "--body", "It is broken"],
      ...["--attach-type", "text/plain", "--attach-name", "serial.txt", "--attach", `@${file}`],
    );
    assert.equal(code, 0, said);
  } finally {
    await Deno.remove(file);
  }

  const message = await onlyMessage(world);
  assert.match(message.text, /^It is broken/);
  assert.equal(message.email?.subject, "The bike");
  assert.deepEqual(message.attachments.map(({ name, size }) => `${name} ${size}`), [
    "serial.txt 17",
  ]);
});

test("swaks", "STARTTLS is offered and used, and the journal knows", async (world) => {
  const { code, said } = await swaks(world, "--to", TO, "--tls");

  assert.equal(code, 0, said);
  assert.match(said, /TLS started with cipher TLSv1\.[23]/);
  const { journalId } = await onlyMessage(world);
  const journal = await journalOf(world, journalId);
  assert.equal(journal?.headers["parley-client-tls"], "yes");
});

test("swaks", "commands sent all at once are answered in their order", async (world) => {
  const { code, said } = await swaks(world, "--to", TO, "--pipeline");

  assert.equal(code, 0, said);
  assert.match(said, /250[- ]PIPELINING/);
  assert.match((await onlyMessage(world)).text, /^This is a test mailing/);
});

test(
  "swaks",
  "an unknown recipient is refused alone; the known one gets the mail",
  async (world) => {
    const unknown = await swaks(world, "--to", "nobody@in.veloce.example");
    assert.notEqual(unknown.code, 0);
    assert.match(unknown.said, /550 5\.1\.1 /);
    assert.deepEqual(await world.conversationIds(), []);

    const { said } = await swaks(world, "--to", `nobody@in.veloce.example,${TO}`);
    assert.match(said, /550 5\.1\.1 /);
    assert.match(said, /250 2\.6\.0 Stored/);
    await onlyMessage(world);
  },
);

test(
  "swaks",
  "the size that is taken is announced, and a larger mail refused",
  async (world) => {
    assert.match((await swaks(world, "--quit-after", "EHLO")).said, /250[- ]SIZE 26214400/);

    const file = await Deno.makeTempFile({ suffix: ".eml" });
    try {
      const line = `${"x".repeat(76)}\r\n`;
      await Deno.writeTextFile(file, `Subject: large\r\n\r\n${line.repeat(340_000)}`);
      const { code, said } = await swaks(
        world,
        "--to",
        TO,
        "--data",
        `@${file}`,
        "--suppress-data",
      );
      assert.notEqual(code, 0);
      assert.match(said, /552 5\.3\.4 /);
    } finally {
      await Deno.remove(file);
    }
    assert.deepEqual(await world.conversationIds(), []);
  },
);

test("swaks", "nobody signs in, and nobody is passed on to others", async (world) => {
  const login = ["--auth", "LOGIN", "--auth-user", "a", "--auth-password", "b"];
  const signedIn = await swaks(world, "--to", TO, "--tls", ...login);
  assert.notEqual(signedIn.code, 0);
  assert.doesNotMatch(signedIn.said, /250[- ]AUTH/);

  const relayed = await swaks(world, "--to", "max@elsewhere.example");
  assert.match(relayed.said, /550 5\.1\.1 /);
});

test(
  "s-nail",
  "a mail with accents and a file comes over TLS that it has checked",
  async (world) => {
    const folder = await Deno.makeTempDir();
    try {
      await Deno.writeTextFile(`${folder}/účet.txt`, "twelve");
      const { code, said } = await run("s-nail", [
        ...["-:/", "-S", "v15-compat", "-S", `mta=smtp://localhost:${world.port}`],
        ...["-S", "smtp-auth=none", "-S", "smtp-use-starttls", "-S", "ttycharset=utf-8"],
        // It sends only to a server whose certificate it can check.
        ...["-S", "tls-verify=strict", "-S", `tls-ca-file=${CA}`, "-S", "DEAD=/dev/null"],
        ...["-S", "sendcharsets=utf-8", "-r", FROM, "-s", "Grüße vom Fahrrad"],
        ...["-a", `${folder}/účet.txt`, TO],
      ], "Die Kette ist ab.\n");
      assert.equal(code, 0, said);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }

    const message = await onlyMessage(world);
    assert.equal(message.text, "Die Kette ist ab.");
    assert.equal(message.email?.subject, "Grüße vom Fahrrad");
    assert.deepEqual(message.attachments.map(({ name }) => name), ["účet.txt"]);
    const journal = await journalOf(world, message.journalId);
    assert.equal(journal?.headers["parley-client-tls"], "yes");
  },
);
