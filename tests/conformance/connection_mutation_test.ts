import assert from "node:assert/strict";
import {
  type AnyAdapter,
  callProvider,
  type ConnectionError,
  type ConnectionPort,
  err,
  type Io,
  ok,
  type Result,
} from "../../core/channel/mod.ts";
import { type Fixture, runConformance, type SentRequest } from "./mod.ts";
import { fixture } from "./sample/conformance.ts";
import { sample } from "./sample/mod.ts";

/** Subscribes at a provider whose subscriptions are made by POST, listed by GET and ended by DELETE. */
async function ask(
  method: "GET" | "POST" | "DELETE",
  io: Io,
): Promise<Result<{ status: number; json: unknown }, ConnectionError>> {
  const url = "https://api.sample.example/subscriptions";
  const called = await callProvider({ method, url, headers: {} }, io);
  if (called.kind === "answered" && !called.answer.isHtml && !called.answer.isCut) {
    return ok(called.answer);
  }
  return err({ code: "unavailable", message: "Sample cannot be reached right now." });
}

const REFUSED = { code: "broken", message: "Sample refused it." } as const;

const connection: ConnectionPort<unknown> = {
  async connect(_channel, io) {
    const known = await ask("GET", io);
    if (!known.ok) return known;
    if (known.value.status === 200 && known.value.json === 1) return ok(null);
    const made = await ask("POST", io);
    return !made.ok ? made : made.value.status === 200 ? ok(null) : err(REFUSED);
  },
  async disconnect(_channel, io) {
    const ended = await ask("DELETE", io);
    if (!ended.ok) return ended;
    return ended.value.status === 200 || ended.value.status === 404 ? ok(null) : err(REFUSED);
  },
  async health(channel, io) {
    const known = await ask("GET", io);
    if (!known.ok) return known;
    if (known.value.status !== 200) return err(REFUSED);
    if (known.value.json === 1) return ok({ mended: null });
    const made = await connection.connect(channel, io);
    return made.ok ? ok({ mended: "Subscribed again." }) : made;
  },
};

/** A provider that makes a second subscription when it is asked for one. */
function provider() {
  let count = 0;
  return {
    answer({ method }: SentRequest) {
      if (method === "POST") count++;
      if (method === "DELETE" && count === 0) return { status: 404, body: "null" };
      if (method === "DELETE") count = 0;
      return { status: 200, body: String(count) };
    },
    state: () => count,
  };
}

const connected: Fixture = { ...fixture, connection: { provider } };

function withPort(change: Partial<ConnectionPort<unknown>>): AnyAdapter {
  return { ...sample, connection: { ...connection, ...change } };
}

async function failuresOf(adapter: AnyAdapter): Promise<readonly string[]> {
  const isWanted = (check: string) => check.startsWith("connection:");
  const outcomes = await runConformance(adapter, connected, isWanted);
  return outcomes.filter(({ problem }) => problem !== null).map(({ check }) => check);
}

const MUTATIONS: readonly {
  readonly name: string;
  readonly change: Partial<ConnectionPort<unknown>>;
  readonly noticedBy: RegExp;
}[] = [
  {
    name: "connects anew each time",
    change: { connect: async (_, io) => (await ask("POST", io)).ok ? ok(null) : err(AWAY) },
    noticedBy: /connecting twice/,
  },
  {
    name: "connects nothing",
    change: { connect: () => Promise.resolve(ok(null)) },
    noticedBy: /connecting twice/,
  },
  {
    name: "fails to disconnect what is gone",
    change: {
      async disconnect(_, io) {
        const ended = await ask("DELETE", io);
        return !ended.ok ? ended : ended.value.status === 200 ? ok(null) : err(REFUSED);
      },
    },
    noticedBy: /tolerates what is gone/,
  },
  {
    name: "disconnects nothing",
    change: { disconnect: () => Promise.resolve(ok(null)) },
    noticedBy: /takes it back/,
  },
  {
    name: "finds every channel well",
    change: { health: async (_, io) => (await ask("GET", io)).ok ? ok(FINE) : err(AWAY) },
    noticedBy: /health/,
  },
  {
    name: "says that it mended, and did not",
    change: {
      async health(_, io) {
        const known = await ask("GET", io);
        if (!known.ok) return known;
        return ok({ mended: known.value.json === 1 ? null : "Subscribed again." });
      },
    },
    noticedBy: /health/,
  },
  {
    name: "takes a provider that is away for a broken channel",
    change: {
      async connect(channel, io) {
        const made = await connection.connect(channel, io);
        return made.ok ? made : err(REFUSED);
      },
    },
    noticedBy: /is unavailable/,
  },
  {
    name: "throws where there is no answer",
    change: {
      async health(channel, io) {
        const health = await connection.health(channel, io);
        if (!health.ok) throw new Error("no answer");
        return health;
      },
    },
    noticedBy: /is unavailable/,
  },
  {
    name: "tells what the provider said, secrets and all",
    change: {
      async connect(channel, io) {
        const known = await ask("GET", io);
        return known.ok && known.value.status !== 200
          ? err({ ...REFUSED, provider: JSON.stringify(known.value.json) })
          : await connection.connect(channel, io);
      },
    },
    noticedBy: /without secrets/,
  },
];
const AWAY = { code: "unavailable", message: "Sample cannot be reached right now." } as const;
const FINE = { mended: null };

Deno.test("a connection that holds to the contract passes", async () => {
  assert.deepEqual(await failuresOf(withPort({})), []);
});

for (const { name, change, noticedBy } of MUTATIONS) {
  Deno.test(`the kit notices a connection that ${name}`, async () => {
    const failures = await failuresOf(withPort(change));

    assert.ok(failures.some((check) => noticedBy.test(check)), `noticed: ${failures.join(", ")}`);
  });
}

Deno.test("a connection without its fixture fails", async () => {
  const isWanted = (check: string) => check.startsWith("connection: connecting");
  const [outcome] = await runConformance({ ...sample, connection }, fixture, isWanted);

  assert.match(outcome?.problem ?? "", /the fixture says nothing/);
});
