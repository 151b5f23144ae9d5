/** `deno task admin` as a process of its own, with and without a running server. */
import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { startServer } from "./start_server.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const SECRET = "a secret for this test of at least 32 bytes";
const ADMIN = { PARLEY_ADMIN_EMAIL: "ada@parley.example", PARLEY_ADMIN_PASSWORD: "first password" };

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

async function admin(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  input = "",
): Promise<Ended> {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["task", "--quiet", "admin", ...args],
    cwd: ROOT,
    env: { NO_COLOR: "1", ...env },
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(input));
  await writer.close();
  const { code, stdout, stderr } = await child.output();
  const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code, stdout: decode(stdout), stderr: decode(stderr) };
}

async function signIn(url: string, email: string, password: string): Promise<number> {
  const response = await fetch(`${url}/api/v1/session`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ email, password }),
  });
  await response.body?.cancel();
  return response.status;
}

Deno.test("deno task admin works through the running server", async () => {
  const data = await Deno.makeTempDir({ prefix: "parley-admin-" });
  await using server = await startServer({
    env: { PARLEY_DATA: data, PARLEY_SECRET: SECRET, ...ADMIN },
  });
  const env = { PORT: new URL(server.url).port, PARLEY_DATA: data, PARLEY_SECRET: SECRET };
  const email = "anna@parley.example";

  const made = await admin(
    ["user", "create", email, "--role", "viewer"],
    env,
    "password of anna\nrest",
  );
  assert.deepEqual(made, { code: 0, stdout: `${email} can sign in as viewer\n`, stderr: "" });
  assert.equal(await signIn(server.url, email, "password of anna"), 201);

  const reset = await admin(["user", "password", email, "--generate"], env);
  const password = /^Password, shown once: (\S+)$/m.exec(reset.stdout)?.[1];
  assert(password, reset.stderr);
  assert.equal(await signIn(server.url, email, password), 201);

  const again = await admin(["user", "create", email, "--generate"], env);
  assert.equal(again.code, 1);
  assert.match(again.stderr, /already has an account/);

  const foreign = await admin(["doctor"], { ...env, PARLEY_SECRET: `another ${SECRET}` });
  assert.equal(foreign.code, 1);
  assert.match(foreign.stderr, /a server holds .* but does not answer/);

  const doctor = await admin(["doctor"], env);
  assert.equal(doctor.code, 0, doctor.stdout + doctor.stderr);
  assert.match(doctor.stdout, /users +2 active, 1 of them owners/);

  await Deno.remove(data, { recursive: true });
});

Deno.test("deno task admin opens the data itself when no server runs", async () => {
  const data = await Deno.makeTempDir({ prefix: "parley-admin-" });
  // Nothing listens on port 1.
  const env = { PORT: "1", PARLEY_DATA: data };

  const early = await admin(["doctor"], env);
  assert.equal(early.code, 1);
  assert.match(early.stderr, /there is no Parley in/);

  const withSecret = { ...env, PARLEY_SECRET: SECRET };
  const owner = await admin(
    ["user", "create", "ada@parley.example", "--role=owner", "--generate"],
    withSecret,
  );
  assert.equal(owner.code, 0, owner.stderr);
  assert.match(owner.stdout, /is the owner; Parley is set up/);
  const token = await admin(["token", "create", "CI"], withSecret);
  assert.match(token.stdout, /^par_[\w-]{43}$/m);
  const wrong = await admin(["doctor"], { ...env, PARLEY_SECRET: `another ${SECRET}` });
  assert.equal(wrong.code, 1);
  const usage = await admin(["user", "paint", "x"], withSecret);
  assert.equal(usage.code, 2);
  assert.match(usage.stderr, /Usage: deno task admin/);

  await Deno.remove(data, { recursive: true });
});
