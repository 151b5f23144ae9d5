/** That a channel is connected once, looked after, and let go of. */
import assert from "node:assert/strict";
import type { ConnectionPort, Io } from "../../core/channel/mod.ts";
import type { Check, Subject } from "./check.ts";
import { kitIo } from "./kit_io.ts";
import { openProviderServer, type Script } from "./provider_server.ts";

/** A port's three calls, made in turn to one provider. */
interface Connected {
  readonly port: ConnectionPort<unknown>;
  readonly io: Io;
  /** What the provider knows of the channel, as text. */
  state(): string;
}

export const connectionChecks: readonly Check[] = [
  {
    name: "connection: connecting twice is connecting once",
    run: (subject) =>
      withProvider(subject, async ({ port, io, state }) => {
        const empty = state();
        assert.deepEqual(await port.connect(subject.channel, io), DONE);
        const once = state();
        assert.notEqual(once, empty, "the provider was told nothing");
        assert.deepEqual(await port.connect(subject.channel, io), DONE);
        assert.equal(state(), once, "the second time changed something");
      }),
  },
  {
    name: "connection: disconnecting takes it back, and tolerates what is gone",
    run: (subject) =>
      withProvider(subject, async ({ port, io, state }) => {
        const empty = state();
        assert.deepEqual(await port.disconnect(subject.channel, io), DONE, "nothing to take back");
        assert.equal(state(), empty, "something was made");
        await port.connect(subject.channel, io);
        assert.deepEqual(await port.disconnect(subject.channel, io), DONE);
        assert.equal(state(), empty, "something stays");
      }),
  },
  {
    name: "connection: health leaves alone what works, and mends or tells what does not",
    run: (subject) =>
      withProvider(subject, async ({ port, io, state }) => {
        await port.connect(subject.channel, io);
        const once = state();
        const well = await port.health(subject.channel, io);
        assert.deepEqual(well, { ok: true, value: { mended: null } });
        assert.equal(state(), once, "it changed what works");
        await port.disconnect(subject.channel, io);
        const lost = await port.health(subject.channel, io);
        if (lost.ok) {
          assert.notEqual(lost.value.mended, null, "it finds a channel well that is not connected");
          assert.equal(state(), once, "it says that it mended what it did not");
        } else assert.equal(lost.error.code, "broken");
      }),
  },
  ...([
    ["nothing", "hang_up"],
    ["a page", { status: 502, body: "<!doctype html><h1>Bad gateway</h1>" }],
    ["half a body", { status: 200, body: `{"data":"${"x".repeat(500)}"}`, isCut: true }],
  ] as const).map(([name, script]): Check => ({
    name: `connection: a provider that answers ${name} is unavailable`,
    run: (subject) =>
      withScript(subject, () => script, async ({ port, io }) => {
        for (const call of [port.connect, port.health] as const) {
          const result = await call(subject.channel, io);
          assert.equal(result.ok ? "ok" : result.error.code, "unavailable");
        }
        await port.disconnect(subject.channel, io);
      }),
  })),
  {
    name: "connection: what goes wrong is told without secrets",
    run: (subject) => {
      const body = JSON.stringify({ error: { message: subject.secrets.join(" "), code: 1 } });
      return withScript(subject, () => ({ status: 400, body }), async ({ port, io }) => {
        for (const call of [port.connect, port.disconnect, port.health] as const) {
          const told = JSON.stringify(await call(subject.channel, io));
          for (const secret of subject.secrets) assert.ok(!told.includes(secret), told);
        }
      });
    },
  },
];

const DONE = { ok: true, value: null };

async function withProvider(
  subject: Subject,
  run: (connected: Connected) => Promise<void>,
): Promise<void> {
  const provider = subject.fixture.connection?.provider();
  assert.ok(provider, "the fixture says nothing of the connection");
  await withScript(
    subject,
    (request) => provider.answer(request),
    (connected) => run({ ...connected, state: () => JSON.stringify(provider.state()) }),
  );
}

async function withScript(
  subject: Subject,
  script: (request: Parameters<Parameters<typeof openProviderServer>[0]>[0]) => Script,
  run: (connected: Connected) => Promise<void>,
): Promise<void> {
  const port = subject.adapter.connection;
  assert.ok(port, "the adapter has no such port");
  await using server = openProviderServer(script);
  const { io } = kitIo(subject, { origin: server.origin });
  await run({ port, io, state: () => "" });
}
