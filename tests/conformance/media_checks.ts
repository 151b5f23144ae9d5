/** That files are fetched as the contract says: streamed, from public hosts, without a secret for anybody else. */
import assert from "node:assert/strict";
import type { FetchedMedia, MediaError, MediaErrorCode, Result } from "../../core/channel/mod.ts";
import type { Check, Subject } from "./check.ts";
import type { MediaFixture, SentRequest } from "./fixture.ts";
import { kitIo } from "./kit_io.ts";
import { openProviderServer, type ProviderServer, type Script } from "./provider_server.ts";

/** The file: bytes that no text is made of. */
const FILE = Uint8Array.from({ length: 5_000 }, (_, i) => (i * 7) % 256);
/** Nobody's: where redirects lead. */
const ELSEWHERE = "files.elsewhere.example";
const DEADLINE_MS = 5_000;

type Fetched = Result<FetchedMedia, MediaError>;

export const mediaChecks: readonly Check[] = [
  {
    name: "media: gives the file as it is",
    run: (subject) =>
      fetching(subject, () => FILE_ANSWER, async (result) => {
        assert.ok(result.ok, `it gives ${describe(result)}`);
        assert.deepEqual(await new Response(result.value.stream).bytes(), FILE);
      }),
  },
  {
    name: "media: a link that expired is asked for again, where the provider has another",
    async run(subject) {
      const { renews } = fixtureOf(subject);
      let first: string | null = null;
      const answer = ({ host, path }: SentRequest): Script => {
        first ??= host + path;
        return first === host + path ? { status: 403, body: "URL signature expired" } : FILE_ANSWER;
      };
      await fetching(subject, answer, async (result) => {
        if (!renews) return assert.equal(describe(result), '"expired"');
        assert.ok(result.ok, `it gives ${describe(result)}`);
        assert.deepEqual(await new Response(result.value.stream).bytes(), FILE);
      });
    },
  },
  {
    name: "media: a redirect is followed, and tells no secret to another host",
    run: (subject) =>
      fetching(
        subject,
        ({ host }) => host === ELSEWHERE ? FILE_ANSWER : redirect(`https://${ELSEWHERE}/file`),
        async (result, { requests }) => {
          const there = requests.filter(({ host }) => host === ELSEWHERE);
          for (const { path, headers, body } of there) {
            assertNoSecret(subject, JSON.stringify([path, ...headers, body]));
          }
          assert.ok(result.ok, `it gives ${describe(result)}`);
          assert.deepEqual(await new Response(result.value.stream).bytes(), FILE);
        },
      ),
  },
  {
    name: "media: a file without end is handed on as it comes, and ends with its reader",
    async run(subject) {
      const endless: Script = { ...FILE_ANSWER, isEndless: true };
      await fetching(subject, () => endless, async (result) => {
        assert.ok(result.ok, `it gives ${describe(result)}`);
        const reader = result.value.stream.getReader();
        assert.equal((await reader.read()).done, false);
        await reader.cancel();
      });
    },
  },
  ...[
    "http://169.254.169.254/latest/meta-data/",
    "http://127.0.0.1:8000/",
    "http://[::ffff:10.0.0.1]/",
    "https://localhost/",
    "file:///etc/passwd",
    "data:image/png;base64,AAAA",
  ].map((address): Check => ({
    name: `media: nothing is fetched from ${address}`,
    run: (subject) =>
      fetching(subject, () => redirect(address), async (result, { requests }) => {
        const inner = requests.filter(({ host }) => /^(?:169|127|localhost|\[)/.test(host));
        assert.deepEqual(inner.map(({ host }) => host), [], "a private address was asked");
        if (result.ok) await result.value.stream.cancel();
        assert.equal(describe(result), '"refused"');
      }),
  })),
  ...([
    ["401", { status: 401, body: "{}" }, "unauthorized"],
    ["404", { status: 404, body: "{}" }, "expired"],
    ["410", { status: 410, body: "" }, "expired"],
    ["429", { status: 429, body: "{}", headers: { "retry-after": "7" } }, "rate_limited"],
    ["500", { status: 500, body: "<h1>Oops</h1>" }, "unavailable"],
    ["a connection that is lost", "hang_up", "unavailable"],
  ] as const).map(([what, script, code]): Check => ({
    name: `media: knows what ${what} means, and tells no secret of it`,
    run: (subject) =>
      fetching(subject, () => script, (result, { logged }) => {
        assert.equal(describe(result), `"${code}"`);
        assertNoSecret(subject, JSON.stringify([result, logged]));
        if (!result.ok && result.error.code === "rate_limited") {
          assert.equal(result.error.retryAfterMs, 7_000);
        }
      }),
  })),
  {
    name: "media: a reference it cannot read is refused, never thrown at",
    async run(subject) {
      const port = portOf(subject);
      for (const ref of ["", "\0", "{}", "null", "[]", "../../etc/passwd", "x".repeat(4_096)]) {
        const { io } = kitIo(subject);
        const result = await port.fetch(ref, subject.channel, io);
        assert.equal(result.ok, false, `${JSON.stringify(ref.slice(0, 20))} gives a file`);
      }
    },
  },
];

const FILE_ANSWER = {
  status: 200,
  body: FILE,
  headers: { "content-type": "application/octet-stream" },
} as const;

function redirect(location: string): Script {
  return { status: 302, body: "", headers: { location } };
}

/** Fetches the fixture's file from a provider that answers its download as told, in time. */
async function fetching(
  subject: Subject,
  download: (request: SentRequest) => Script,
  judge: (
    result: Fetched,
    seen: Pick<ProviderServer, "requests"> & { readonly logged: readonly string[] },
  ) => Promise<void> | void,
): Promise<void> {
  const { ref, isDownload, answer } = fixtureOf(subject);
  const port = portOf(subject);
  await using server = openProviderServer((request) =>
    request.host === ELSEWHERE || isDownload(request)
      ? download(request)
      : answer?.(request) ?? { status: 404, body: "{}" }
  );
  const given = new AbortController();
  const { io, logged } = kitIo(subject, { origin: server.origin, signal: given.signal });
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error("no stream is given in time")), DEADLINE_MS);
  try {
    const result = await Promise.race([port.fetch(ref, subject.channel, io), late.promise]);
    await judge(result, { ...server, logged });
  } finally {
    clearTimeout(timer);
    given.abort();
  }
}

function portOf({ adapter }: Subject) {
  assert.ok(adapter.media, "the adapter has no port for files");
  return adapter.media;
}

function fixtureOf({ fixture }: Subject): MediaFixture {
  assert.ok(fixture.media, "the fixture says nothing of files");
  return fixture.media;
}

function assertNoSecret({ secrets }: Subject, told: string): void {
  assert.ok(!secrets.some((secret) => told.includes(secret)), "a secret is told");
}

function describe(result: Fetched): string {
  return result.ok ? "a file" : `"${result.error.code satisfies MediaErrorCode}"`;
}
