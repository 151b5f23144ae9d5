import assert from "node:assert/strict";
import { callProvider, err, type MediaPort, ok } from "../../core/channel/mod.ts";
import { type Fixture, runConformance } from "./mod.ts";
import { fixture as plain } from "./sample/conformance.ts";
import type { SampleConfig } from "./sample/config.ts";
import { sample } from "./sample/mod.ts";

type Fetch = MediaPort<SampleConfig>["fetch"];

const OLD = "https://media.sample.example/old";
/** As the checks know it: a link that expires, and another by the file's id. */
const fixture: Fixture = {
  ...plain,
  media: {
    ref: OLD,
    isDownload: ({ host }) => host === "media.sample.example",
    answer: () => ({ status: 200, body: '{"url":"https://media.sample.example/new"}' }),
    renews: true,
  },
};

const right: Fetch = async (ref, { config }, io) => {
  const headers = { authorization: `Bearer ${config.key}` };
  const first = await io.fetchFile(ref, headers);
  if (first.ok || first.error.code !== "expired") return first;
  const url = "https://api.sample.example/files";
  const called = await callProvider({ method: "GET", url, headers }, io);
  const json = called.kind === "answered" ? called.answer.json : null;
  if (typeof json !== "object" || json === null || !("url" in json)) return first;
  return await io.fetchFile(String(json.url), headers);
};

function withMedia(fetch: Fetch) {
  return {
    ...sample,
    hosts: [...sample.hosts, "media.sample.example"],
    media: { fetch },
  };
}

const MUTATIONS: readonly (readonly [name: string, fetch: Fetch, noticedBy: RegExp])[] = [
  ["an expired link is the end", (ref, _, io) => io.fetchFile(ref), /expired/],
  [
    "the key goes along to another host",
    async (ref, { config }, io) => {
      const answer = await io.fetch(ref, { redirect: "manual" });
      await answer.body?.cancel();
      const location = answer.headers.get("location") ?? ref;
      return await io.fetchFile(`${location}?key=${config.key}`);
    },
    /no secret to another host/,
  ],
  [
    "a redirect is not followed",
    async (ref, { config }, io) => {
      const answer = await io.fetch(ref, { headers: { authorization: config.key } });
      return answer.status === 200 && answer.body !== null
        ? ok({ stream: answer.body })
        : err({ code: "expired" });
    },
    /a redirect is followed/,
  ],
  [
    "the whole file is read before it is given",
    async (ref, channel, io) => {
      const fetched = await right(ref, channel, io);
      if (!fetched.ok) return fetched;
      const bytes = await new Response(fetched.value.stream).bytes();
      return ok({ stream: new Blob([bytes]).stream() });
    },
    /without end/,
  ],
  [
    "what may not be asked is an empty file",
    async (ref, channel, io) => {
      const fetched = await right(ref, channel, io);
      return fetched.ok || fetched.error.code !== "refused"
        ? fetched
        : ok({ stream: new Blob([]).stream() });
    },
    /169\.254/,
  ],
  [
    "a lost connection throws",
    async (ref, channel, io) => {
      await io.fetch(OLD).then((answer) => answer.body?.cancel());
      return await right(ref, channel, io);
    },
    /connection that is lost/,
  ],
  [
    "what is gone is tried for ever",
    async (ref, channel, io) => {
      const fetched = await right(ref, channel, io);
      return !fetched.ok && fetched.error.code === "expired"
        ? err({ code: "unavailable" })
        : fetched;
    },
    /what 404 means/,
  ],
  [
    "an error tells the key",
    async (ref, channel, io) => {
      const fetched = await right(ref, channel, io);
      return fetched.ok ? fetched : err({ ...fetched.error, provider: channel.config.key });
    },
    /tells no secret of it/,
  ],
  [
    "a strange reference throws",
    (ref, channel, io) => right(new URL(ref).href, channel, io),
    /cannot read/,
  ],
];

Deno.test("runConformance() finds nothing in an adapter that fetches files rightly", async () => {
  const outcomes = await runConformance(withMedia(right), fixture, (name) => /^media/.test(name));

  assert.ok(outcomes.length > 15, `only ${outcomes.length} checks ran`);
  assert.deepEqual(outcomes.filter(({ problem }) => problem !== null), []);
});

for (const [name, fetch, noticedBy] of MUTATIONS) {
  Deno.test(`runConformance() notices when ${name}`, async () => {
    const outcomes = await runConformance(
      withMedia(fetch),
      fixture,
      (check) => noticedBy.test(check),
    );

    assert.ok(outcomes.length > 0, "there is no such check");
    assert.notDeepEqual(outcomes.filter(({ problem }) => problem !== null), []);
  });
}

Deno.test("runConformance() wants a fixture for an adapter that fetches files", async () => {
  const outcomes = await runConformance(
    withMedia(right),
    plain,
    (name) => /^media: gives/.test(name),
  );

  assert.match(outcomes[0]?.problem ?? "", /fixture says nothing of files/);
});
