/**
 * `deno task bench`: speed and size of the built app, each as a ratio or against its limit. Rounds of all benchmarks
 * follow each other, so that a noisy minute hits each of them alike; the median of the rounds counts.
 *
 * `--json FILE` writes the figures, `--quick` makes it short, `--messages N` searches that many. Exits with 1 when a limit is missed.
 */
import { parseArgs } from "node:util";
import { benchPages, pageLines } from "./bench_pages.ts";
import { makeVisitors } from "./bench_visitors.ts";
import { makeBenchWorld } from "./bench_world.ts";
import { readResidentMb } from "./idle_memory.ts";
import { measureImport } from "./import_memory.ts";
import { measureChatIngest } from "./ingest_chat.ts";
import { measureMailIngest } from "./ingest_mail.ts";
import { measurePage, signIn } from "./list_page.ts";
import { formatTable, isMet, type Line, Samples } from "./measurements.ts";
import { measureRawCommits } from "./raw_commits.ts";
import { measureSearch } from "./search_words.ts";
import { measureStart } from "./start_time.ts";
import { measureStreamLatency } from "./stream_latency.ts";
import { makeWebhookBench, measureWebhookAnswers } from "./webhook_answer.ts";

const { values: options } = parseArgs({
  args: Deno.args,
  options: {
    json: { type: "string" },
    quick: { type: "boolean", default: false },
    messages: { type: "string" },
  },
});
const size = options.quick
  ? {
    rounds: 2,
    conversations: 5_000,
    ms: 1_000,
    mails: 30,
    archive: 1_000,
    messages: 20_000,
    pages: 20,
    settleMs: 1_000,
    busyMs: 3_000,
  }
  : {
    rounds: 5,
    conversations: 50_000,
    ms: 2_500,
    mails: 120,
    archive: 10_000,
    messages: 200_000,
    pages: 60,
    settleMs: 3_000,
    busyMs: 10_000,
  };
/** As many as the busiest minute of a large site; the same for the raw commits. */
const CONCURRENCY = 32;
/** Processes that wanted to run in the last minute; above it the machine had other things to do. */
const LOUD = 1.5;

const loadBefore = loadOf();
const lines = await run();
console.log(`\n${formatTable(lines)}`);
if (loadBefore > LOUD) {
  console.log(
    `\nOther work was running when this began (load ${loadBefore.toFixed(1)}, ` +
      `${navigator.hardwareConcurrency} cores): only the ratio says much.`,
  );
}
const missed = lines.filter((line) => !isMet(line));
if (options.json !== undefined) {
  const machine = { cores: navigator.hardwareConcurrency, load: loadBefore };
  const report = { at: new Date().toISOString(), quick: options.quick, machine, lines };
  await Deno.writeTextFile(options.json, `${JSON.stringify(report, null, 2)}\n`);
}
Deno.exit(missed.length > 0 ? 1 : 0);

async function run(): Promise<readonly Line[]> {
  const startedAt = performance.now();
  const say = (what: string) =>
    console.log(`${((performance.now() - startedAt) / 1_000).toFixed(1).padStart(6)} s  ${what}`);
  say(`Making ${size.conversations} conversations`);
  await using world = await makeBenchWorld(size.conversations);
  const { small, large } = world;
  const samples = new Samples();

  for (let round = 1; round <= size.rounds; round++) {
    say(`Start, round ${round} of ${size.rounds}`);
    samples.add("start", await measureStart(small.dataDir));
    samples.add("start, many open", await measureStart(large.dataDir));
  }

  await using server = await small.start();
  await using busy = await large.start();
  const cookie = await signIn(busy.url, "nora@veloce.example");
  const { channelIds, inboxIds, apiToken } = small.seeded;
  await pause(size.settleMs);
  // Before anything has warmed up and before the first garbage.
  samples.add("idle", await readResidentMb(server.pid));
  samples.add("idle, many open", await readResidentMb(busy.pid));
  using visitors = await makeVisitors(server.url, channelIds.chat, CONCURRENCY);
  const mailbox = {
    url: server.url,
    channelId: channelIds.support,
    inboxId: inboxIds.support,
    apiToken,
  };

  const { urls } = await makeWebhookBench({ ...mailbox });
  // Round 0 warms up and is not counted.
  for (let round = 0; round <= size.rounds; round++) {
    say(round === 0 ? "Warming up" : `Round ${round} of ${size.rounds}`);
    const raw = await measureRawCommits({ dir: world.dir, concurrency: CONCURRENCY, ms: size.ms });
    say("  chat");
    const chat = await measureChatIngest(visitors.all, size.ms);
    say("  mail");
    const mail = await measureMailIngest(mailbox, size.mails);
    say("  stream");
    const stream = await measureStreamLatency({
      url: server.url,
      apiToken,
      visitors: visitors.all,
      ms: size.ms,
    });
    say("  webhooks");
    const appAnswers = await measureWebhookAnswers(urls.app, size.ms);
    const channelAnswers = await measureWebhookAnswers(urls.channel, size.ms);
    // What the deliveries left behind is worked off first: a page is measured by itself.
    await pause(size.settleMs);
    say("  pages");
    const page = { url: busy.url, cookie, times: size.pages };
    const html = await measurePage({ ...page, path: "/inbox/all/open" });
    const json = await measurePage({ ...page, path: "/api/v1/conversations?limit=50" });
    if (round === 0) continue;
    samples.add("raw", raw);
    samples.add("chat", chat);
    samples.add("chat ratio", chat / raw);
    samples.add("mail", mail);
    samples.add("stream", stream);
    samples.add("webhook, app", appAnswers);
    samples.add("webhook, channel", channelAnswers);
    samples.add("page", html);
    samples.add("list", json);
  }
  say("Pages in Chromium");
  const hasPages = await benchPages(samples, {
    url: busy.url,
    cookie,
    chatChannelId: large.seeded.channelIds.chat,
    busyMs: size.busyMs,
  });
  say(`Importing an mbox of ${size.archive} mails`);
  const archive = await measureImport(size.archive);
  samples.add("import, server", archive.serverMb);
  samples.add("import, command line", archive.clientMb);
  samples.add("import", archive.perSecond);
  const messages = Number(options.messages ?? size.messages);
  say(`Searching ${messages} messages`);
  const search = await measureSearch({ dir: world.dir, messages });
  samples.add("search", search.p95Ms);
  samples.add("search, slowest", search.slowest.p95Ms);
  samples.add("search, indexed", search.indexedPerSecond);
  say("Done");
  const many = `${size.conversations / 1_000}k open`;
  const atMost = (value: number) => ({ kind: "at most", value }) as const;
  const atLeast = (value: number) => ({ kind: "at least", value }) as const;
  return [
    samples.line("raw", "raw commits, 10 × 400 B", "/s"),
    samples.line("chat", "chat messages stored", "/s"),
    samples.line("chat ratio", "chat messages / raw commits", "ratio", atLeast(0.35)),
    samples.line("mail", "mails of 50 KB stored", "/s", atLeast(80)),
    samples.line("stream", "post to agent's event, p95", "ms", atMost(25)),
    samples.line("webhook, app", "delivery to an app, 200/s, p95", "ms", atMost(50)),
    samples.line("webhook, channel", "delivery to a channel, 200/s, p95", "ms", atMost(50)),
    samples.line("page", `list page, ${many}, p95`, "ms", atMost(30)),
    samples.line("list", `list by API, ${many}, p95`, "ms", atMost(30)),
    samples.line("start", "start until healthy", "ms", atMost(1_000)),
    samples.line("start, many open", `start, ${many}`, "ms", atMost(1_000)),
    samples.line("idle", "idle memory", "MB", atMost(150)),
    samples.line("idle, many open", `idle memory, ${many}`, "MB"),
    samples.line("search", `search in ${messages / 1_000}k messages, p95`, "ms", atMost(50)),
    samples.line("search, slowest", `its slowest kind: ${search.slowest.name}`, "ms"),
    samples.line("search, indexed", "messages indexed", "/s"),
    ...hasPages ? pageLines(samples, many) : [],
    samples.line("import", `mbox of ${size.archive}, imported`, "/s"),
    samples.line("import, server", "its peak memory, server", "MB", atMost(300)),
    samples.line("import, command line", "its peak memory, command line", "MB", atMost(300)),
  ];
}

/** Average over the last minute. */
function loadOf(): number {
  return Deno.loadavg()[0] ?? 0;
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
