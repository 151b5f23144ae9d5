/**
 * `deno task admin …`: administers the running server, or the data itself when no server holds it. Exits with 0 when
 * it is done, 1 when it could not be done or the doctor found something bad, 2 when the command makes no sense.
 */
import { createAccess } from "../core/access/mod.ts";
import {
  AdminAnswer,
  type AdminCommand,
  parseAdminArguments,
  runForAnswer,
  signAdminRequest,
  USAGE,
} from "../core/admin/mod.ts";
import { type Config, readConfig } from "../core/config/mod.ts";
import { createInboxes } from "../core/inboxes/mod.ts";
import { createPorts, readOrMakeSecret } from "../core/platform/mod.ts";
import { removeIndexFiles } from "../core/search/mod.ts";
import { createVault, openStore } from "../core/store/mod.ts";
import { readPassword } from "./read_password.ts";
import { type ImportRequest, parseImportArguments, runImport } from "./run_import.ts";

/** A server that just stops still holds the lock for a moment. */
const LOCK_WAIT_MS = 1_000;
const ANSWER_WITHIN_MS = 60_000;

const [noun, ...rest] = Deno.args;
const parsed = noun === "import" ? parseImportArguments(rest) : parseAdminArguments(Deno.args);
if (!parsed.ok) {
  if (Deno.args.length > 0) console.error(`${parsed.error}\n`);
  console.error(USAGE);
  Deno.exit(2);
}
const read = readConfig(Deno.env.toObject());
if (!read.ok) fail(`${read.error.name} ${read.error.message}`);
const config = read.value;
const ports = createPorts({ ...config, logLevel: "error" });

const request = parsed.value;
let command: AdminCommand;
if ("format" in request) {
  await importOrFail(request);
} else if (request.needsPassword) {
  const made = request.generatesPassword ? newPassword() : null;
  const password = made ?? await readPassword("New password: ");
  if (password === null) fail("no password given");
  command = request.command(password);
  print(await run(command));
  if (made !== null) console.log(`Password, shown once: ${made}`);
} else {
  command = request.command;
  print(await run(command));
}

async function importOrFail(request: ImportRequest): Promise<void> {
  const vault = createVault({ current: await readSecret(config), old: [] }, ports.random);
  try {
    await runImport(request, {
      serverUrl: serverUrl(),
      vault,
      now: () => ports.clock.now(),
      print: (line) => console.log(line),
    });
  } catch (error) {
    fail(error instanceof Error ? error.message : String(error));
  }
}

async function run(command: AdminCommand): Promise<AdminAnswer> {
  const secret = await readSecret(config);
  return await askServer(command, secret) ?? await openAndRun(command, secret);
}

/** Of the environment or the data folder; a folder that was never used is not made into one. */
async function readSecret({ secret, dataDir }: Config): Promise<string> {
  if (secret !== null) return secret;
  const path = `${dataDir}/secret`;
  const isThere = await Deno.stat(path).then((info) => info.isFile, () => false);
  if (!isThere) fail(`there is no Parley in "${dataDir}": set PARLEY_DATA, or start it first`);
  const found = await readOrMakeSecret(path, ports.random);
  if (!found.ok) fail(found.error.message);
  return found.value;
}

/** The server's answer, or null when none that holds this secret answers. */
async function askServer(command: AdminCommand, secret: string): Promise<AdminAnswer | null> {
  const body = JSON.stringify(command);
  const vault = createVault({ current: secret, old: [] }, ports.random);
  const header = await signAdminRequest(vault, body, ports.clock.now());
  try {
    const response = await fetch(`${serverUrl()}/_admin`, {
      method: "POST",
      headers: { "content-type": "application/json", "parley-admin": header },
      body,
      redirect: "manual",
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    });
    const text = await response.text();
    const answer = response.ok ? AdminAnswer.safeParse(parseJson(text)) : null;
    return answer?.success ? answer.data : null;
  } catch (error) {
    // Nobody listens there.
    if (error instanceof TypeError) return null;
    if (error instanceof DOMException && error.name === "TimeoutError") {
      fail(`the server at ${serverUrl()} did not answer within a minute`);
    }
    throw error;
  }
}

/** Runs the command on the data itself, which only works while no server holds it. */
async function openAndRun(command: AdminCommand, secret: string): Promise<AdminAnswer> {
  const { dataDir, kv, oldSecrets } = config;
  if (kv === ":memory:") fail(`PARLEY_KV is ":memory:" and no server answers at ${serverUrl()}`);
  const opened = await openStore({
    path: kv ?? `${dataDir}/parley.kv`,
    ...kv === null ? { lockPath: `${dataDir}/parley.lock`, lockWaitMs: LOCK_WAIT_MS } : {},
    ports,
    secrets: { current: secret, old: oldSecrets },
  });
  if (!opened.ok && opened.error.code === "locked") {
    fail(
      `a server holds "${dataDir}" but does not answer at ${serverUrl()}: set PORT to the one it listens on`,
    );
  }
  if (!opened.ok) fail(opened.error.message);
  using store = opened.value;
  const access = createAccess({ store, ports, config });
  const inboxes = createInboxes({ store, ports, access });
  try {
    const search = {
      count: () => Promise.resolve(null),
      isRebuilding: false,
      // Read anew at the next start, as where it was never there.
      rebuild: () => removeIndexFiles(`${dataDir}/search.db`),
    };
    return await runForAnswer({ access, inboxes, store, config, search }, command);
  } finally {
    await access.stop();
  }
}

function serverUrl(): string {
  return `http://127.0.0.1:${config.port}`;
}

function print(answer: AdminAnswer): void {
  if (!answer.ok) fail(answer.message);
  for (const line of answer.report.lines) console.log(line);
  if (!answer.report.isHealthy) Deno.exit(1);
}

/** 100 bits in letters and digits that cannot be mistaken for each other, in groups of five. */
function newPassword(): string {
  const alphabet = "23456789abcdefghjkmnpqrstuvwxyz_";
  const characters = [...ports.random.bytes(20)].map((byte) => alphabet[byte % 32] ?? "");
  return characters.join("").match(/.{5}/g)?.join("-") ?? "";
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    if (cause instanceof SyntaxError) return null;
    throw cause;
  }
}

function fail(message: string): never {
  console.error(`Cannot do this: ${message}`);
  Deno.exit(1);
}
