/**
 * `deno task demo`: the built app on throw-away data. Seeds a folder of its own, serves it with a mail server that takes
 * every reply, and prints how to come in. Ctrl-C ends it and removes the data.
 */
import { SMTPServer } from "smtp-server";
import { TEAM } from "../core/admin/seed/world.ts";
import { freePort } from "./free_port.ts";
import { seedData } from "./seed_data.ts";

const CONVERSATIONS = 300;
/** The same shop each time; only its times follow the clock. */
const SEED = 2026;
/** Those of `deno task start`. */
const SERVE = [
  ...["run", "--no-prompt", "--allow-net", "--allow-env", "--allow-read", "--allow-write"],
  ...["--allow-sys=hostname", "serve.ts"],
];

const hostname = Deno.env.get("HOST") || "127.0.0.1";
const port = Number(Deno.env.get("PORT") || 8000) || freePort(hostname);
const dataDir = await Deno.makeTempDir({ prefix: "parley-demo-" });
const mailServer = await listenForMail();
let code = 1;
try {
  const seeded = await seedData({
    dataDir,
    port,
    smtp: { host: "127.0.0.1", port: mailServer.port },
    plan: { seed: SEED, now: Date.now(), conversations: CONVERSATIONS, mix: "believable" },
    isDemo: true,
  });
  const server = serve();
  const stop = () => server.kill("SIGTERM");
  for (const signal of ["SIGINT", "SIGTERM"] as const) Deno.addSignalListener(signal, stop);
  if (await isReady(server)) {
    console.log(`\nSign in, each link works for a day:`);
    for (const { key, name, role } of TEAM) {
      console.log(`  ${name.padEnd(14)} ${role.padEnd(6)} ${seeded.signInLinks.get(key)}`);
    }
    console.log(`\nThe shop, with the chat: http://localhost:${port}/demo`);
    console.log(`Practice customers write by themselves, or from there, and answer back.`);
    console.log(`Replies by mail go nowhere: they are printed here. Ctrl-C removes it all.\n`);
  }
  code = (await server.status).code;
} finally {
  mailServer.close();
  await Deno.remove(dataDir, { recursive: true });
}
Deno.exit(code);

function serve(): Deno.ChildProcess {
  const own = { HOST: hostname, PORT: String(port), PARLEY_DATA: dataDir };
  // Settings of a real Parley in this terminal must not reach the demo's; empty counts as absent.
  const others = Object.keys(Deno.env.toObject()).filter((name) => name.startsWith("PARLEY_"));
  return new Deno.Command(Deno.execPath(), {
    args: SERVE,
    env: {
      ...Object.fromEntries(others.map((name) => [name, ""])),
      ...own,
      PARLEY_ALLOW_PRIVATE_HOSTS: `127.0.0.1:${mailServer.port}`,
      PARLEY_LOG: "warn",
    },
    stdin: "null",
    // Ctrl-C reaches every process of a terminal: twice told to stop, the server would not wait for its streams.
    detached: true,
  }).spawn();
}

/** Waits until the server answers; false when it ended instead. */
async function isReady(server: Deno.ChildProcess): Promise<boolean> {
  const isAny = hostname === "0.0.0.0" || hostname === "::";
  const address = isAny ? "127.0.0.1" : hostname.includes(":") ? `[${hostname}]` : hostname;
  let hasEnded = false;
  void server.status.then(() => hasEnded = true);
  while (!hasEnded) {
    const answer = await fetch(`http://${address}:${port}/healthz`).catch(() => null);
    await answer?.body?.cancel();
    if (answer?.ok) return true;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return false;
}

/** Takes any mail and says so. */
async function listenForMail(): Promise<{ readonly port: number; close(): void }> {
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["AUTH", "STARTTLS"],
    onData(stream, session, done) {
      stream.on("end", () => {
        const to = session.envelope.rcptTo.map(({ address }) => address).join(", ");
        console.log(`Mail for ${to} (not sent, this is the demo)`);
        done();
      });
      stream.resume();
    },
  });
  const mailPort = freePort("127.0.0.1");
  await new Promise<void>((resolve) => server.listen(mailPort, "127.0.0.1", resolve));
  return { port: mailPort, close: () => void server.close() };
}
