import assert from "node:assert/strict";
import { runServer, startServer } from "../start_server.ts";

const TOKEN = "process-test-token-of-an-owner-0123456789";
const STOP_DEADLINE_MS = 5_000;

Deno.test("serve.ts ends within 5 s of SIGTERM while a stream is open", async () => {
  await using server = await startServer({ env: { PARLEY_API_TOKEN: TOKEN } });
  const stream = await fetch(`${server.url}/api/v1/events`, {
    headers: { authorization: `Bearer ${TOKEN}` },
  });
  assert.equal(stream.status, 200);
  const reader = stream.body?.getReader();
  assert.ok((await reader?.read())?.value, "the stream says hello");

  const signaledAt = performance.now();
  server.kill("SIGTERM");
  const { code, stderr } = await server.ended;

  assert.ok(performance.now() - signaledAt < STOP_DEADLINE_MS);
  assert.equal(code, 0, stderr);
  await reader?.cancel().catch(() => {});
});

Deno.test("serve.ts ends in good order on SIGINT, and starts again on the same data", async () => {
  const data = await Deno.makeTempDir({ prefix: "parley-" });
  try {
    for (let round = 0; round < 2; round++) {
      await using server = await startServer({ env: { PARLEY_DATA: data } });
      const res = await fetch(`${server.url}/healthz`);
      assert.equal(res.status, 200);
      assert.equal((await res.json()).ok, true);

      server.kill("SIGINT");

      const { code, stderr } = await server.ended;
      assert.equal(code, 0, stderr);
    }
  } finally {
    await Deno.remove(data, { recursive: true });
  }
});

Deno.test("deno task start hands its signal on, and leaves no process behind", async () => {
  await using server = await startServer({ command: ["task", "start"] });
  assert.equal((await fetch(`${server.url}/healthz`).then((res) => res.json())).ok, true);

  const signaledAt = performance.now();
  server.kill("SIGTERM");
  // Settles when the last process that holds the task's output has ended.
  await server.ended;

  assert.ok(performance.now() - signaledAt < STOP_DEADLINE_MS);
  await assert.rejects(fetch(`${server.url}/healthz`));
});

Deno.test("serve.ts names a wrong variable in one line and ends with 1", async () => {
  const wrong: [name: string, value: string][] = [
    ["PARLEY_FOO", "1"],
    ["PORT", "abc"],
    ["PARLEY_URL", "nonsense"],
    ["PARLEY_SECRET", "short"],
  ];

  for (const [name, value] of wrong) {
    const { code, stdout, stderr } = await runServer({ env: { [name]: value } });
    assert.equal(code, 1, name);
    assert.equal(stdout, "");
    const lines = stderr.trimEnd().split("\n");
    assert.equal(lines.length, 1, stderr);
    assert.match(lines[0] ?? "", new RegExp(`^Cannot start: ${name} `));
  }
});

Deno.test("serve.ts says in one line that a port is taken", async () => {
  await using server = await startServer();
  const { port } = new URL(server.url);

  const { code, stderr } = await runServer({ env: { PORT: port } });

  assert.equal(code, 1);
  assert.equal(
    stderr,
    `Cannot listen on 127.0.0.1:${port}: the port is in use; set PORT to another one\n`,
  );
});
