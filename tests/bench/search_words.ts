/** Searches over an index of very many messages, with the words of a made-up language: a few are in every message, most are rare. */
import { parseQuery } from "@/core/search/parse_query.ts";
import { toIndexQuery } from "@/core/search/to_index_query.ts";
import type { IndexChange, IndexQuery } from "@/core/search/index_port.ts";
import { openSqliteIndex } from "@/core/search/sqlite_index.ts";
import type { User } from "@/core/model/user.ts";
import { percentile } from "./measurements.ts";

/** What was measured. */
export interface SearchFigures {
  /** Messages written to the index each second. */
  readonly indexedPerSecond: number;
  /** Of all searches. */
  readonly p95Ms: number;
  /** Of the slowest kind of search, by name. */
  readonly slowest: { readonly name: string; readonly p95Ms: number };
  readonly fileMb: number;
}

const VOCABULARY = 40_000;
const WORDS_OF_MESSAGE = 30;
const MESSAGES_OF_CONVERSATION = 8;
const CONVERSATIONS_AT_ONCE = 25;
const DAY_MS = 86_400_000;
const START_AT = Date.UTC(2026, 0, 1);
const TIMES = 40;

/** Writes `messages` messages to an index in `dir` and searches them. */
export async function measureSearch(
  { dir, messages }: { readonly dir: string; readonly messages: number },
): Promise<SearchFigures> {
  const path = `${dir}/search.db`;
  using index = openSqliteIndex(path, {
    breathe: () => new Promise((resolve) => setTimeout(resolve, 0)),
    clock: { now: () => performance.now() },
  });
  const random = createRandom(1);
  const words = Array.from({ length: VOCABULARY }, (_, rank) => wordOf(rank));
  // By Zipf's law: the rank of a word is as likely as it is low.
  const word = () => words[Math.floor(VOCABULARY ** random()) - 1] ?? "";
  const text = (length: number) => Array.from({ length }, word).join(" ");

  const conversations = Math.ceil(messages / MESSAGES_OF_CONVERSATION);
  const step = (365 * DAY_MS) / messages;
  const startedAt = performance.now();
  for (let first = 0; first < conversations; first += CONVERSATIONS_AT_ONCE) {
    const changes: IndexChange[] = [];
    for (let n = first; n < Math.min(first + CONVERSATIONS_AT_ONCE, conversations); n++) {
      changes.push(...conversationOf(n, { random, text, word, step }));
    }
    await index.apply(changes);
  }
  const indexedPerSecond = messages / ((performance.now() - startedAt) / 1_000);

  const common = words[40] ?? "";
  const mid = words[800] ?? "";
  const rare = words[30_000] ?? "";
  const queries: Readonly<Record<string, string>> = {
    "a common word": common,
    "two common words": `${common} ${words[25]}`,
    "two less common words": `${mid} ${words[500]}`,
    "a rare word": rare,
    "a rare and a common word": `${rare} ${common}`,
    "one letter": common.slice(0, 1),
    "two letters": common.slice(0, 2),
    "three letters": mid.slice(0, 3),
    "a phrase": `"${common} ${words[25]}"`,
    "without a word": `${common} -${mid}`,
    "closed, with a word": `${mid} is:closed`,
    "of somebody, with a tag": `${common} tag:vip assignee:ana`,
    "by a sender": `from:customer77 ${words[60]}`,
    "between days": `${mid} after:2026-02-01 before:2026-02-08`,
    "filters alone": "is:open tag:vip has:file",
  };
  const all: number[] = [];
  let slowest = { name: "", p95Ms: 0 };
  for (const [name, q] of Object.entries(queries)) {
    const asked = await queryOf(q);
    const took: number[] = [];
    for (let n = 0; n < TIMES; n++) {
      const from = performance.now();
      await index.find(asked, { skip: 0, limit: 20 });
      took.push(performance.now() - from);
    }
    const p95Ms = percentile(took, 0.95);
    if (p95Ms > slowest.p95Ms) slowest = { name, p95Ms };
    all.push(...took);
  }
  const { size } = await Deno.stat(path);
  return { indexedPerSecond, p95Ms: percentile(all, 0.95), slowest, fileMb: size / 1e6 };
}

interface Maker {
  readonly random: () => number;
  readonly text: (length: number) => string;
  readonly word: () => string;
  readonly step: number;
}

function* conversationOf(n: number, { random, text, word, step }: Maker): Iterable<IndexChange> {
  const id = `cnv_${n}`;
  const at = (seq: number) => Math.floor(START_AT + (n * MESSAGES_OF_CONVERSATION + seq) * step);
  yield {
    kind: "conversation",
    conversation: {
      id,
      number: n,
      inboxId: `inb_${n % 5}`,
      channelId: `chn_${n % 12}`,
      contactId: `con_${n % 30_000}`,
      status: n % 10 === 0 ? "open" : "closed",
      assigneeId: n % 20 === 0 ? "usr_ana" : `usr_${n % 20}`,
      tags: n % 50 === 0 ? ["vip"] : [],
      lastMessageAt: at(MESSAGES_OF_CONVERSATION - 1),
    },
  };
  for (let seq = 0; seq < MESSAGES_OF_CONVERSATION; seq++) {
    yield {
      kind: "message",
      message: {
        id: `msg_${n}_${seq}`,
        conversationId: id,
        seq,
        at: at(seq),
        subject: `${word()} ${word()}`,
        from: `customer${n % 30_000}@posta.example`,
        to: "support@veloce.example",
        text: text(WORDS_OF_MESSAGE),
        files: "",
        facets: random() < 0.1 ? ["inbound", "file"] : ["inbound"],
      },
    };
  }
}

const ANA: User = {
  id: "usr_ana",
  name: "Ana",
  email: "ana@veloce.example",
  role: "agent",
  active: true,
  availability: "available",
  meetingLink: null,
  avatarAttachmentId: null,
  createdAt: START_AT,
  updatedAt: START_AT,
};

async function queryOf(q: string): Promise<IndexQuery> {
  const parsed = parseQuery(q, { now: START_AT, timeZone: "UTC" });
  const { query, unclear } = await toIndexQuery(parsed, {
    me: null,
    users: [ANA],
    inboxes: [],
    channels: [],
    contactsOf: () => Promise.resolve([]),
  });
  if (unclear.length > 0) throw new Error(`Cannot search for ${q}: ${unclear.join(", ")}`);
  return query;
}

/** Letters that belong to the rank alone. */
function wordOf(rank: number): string {
  let state = Math.imul(rank + 1, 2_654_435_761) >>> 0;
  return Array.from({ length: 3 + rank % 8 }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return "abcdefghijklmnoprstuvz"[(state >>> 8) % 22];
  }).join("");
}

/** The same numbers in every run, 0–1. */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return state / 0x7fffffff;
  };
}

if (import.meta.main) {
  const dir = await Deno.makeTempDir({ prefix: "parley-search-" });
  console.log(await measureSearch({ dir, messages: Number(Deno.args[0] ?? 1_000_000) }));
  await Deno.remove(dir, { recursive: true });
}
