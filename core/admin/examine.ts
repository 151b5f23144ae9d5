import type { Config } from "../config/mod.ts";
import { type KeyRange, keys, type Store } from "../store/mod.ts";

/** One thing the doctor looked at. */
export interface Check {
  /** `warn` is worth knowing, `bad` needs care. */
  readonly state: "ok" | "warn" | "bad";
  readonly title: string;
  readonly detail: string;
}

/** What the doctor asks of the search index. */
export interface SearchState {
  /** Conversations it knows; null where nobody can say, for no server runs. */
  count(): Promise<number | null>;
  readonly isRebuilding: boolean;
  /** Begins to read everything anew. */
  rebuild(): void;
}

export interface ExamineContext {
  readonly store: Store;
  readonly config: Pick<Config, "url" | "smtpUrl" | "mailApi">;
  readonly search: SearchState | null;
}

/** Looks at what goes wrong most often. Reads only. */
export async function examine({ store, config, search }: ExamineContext): Promise<Check[]> {
  const hasMail = config.smtpUrl !== null || config.mailApi !== null;
  return [
    await examineWorkspace(store),
    await examineUsers(store),
    {
      state: config.url === null ? "warn" : "ok",
      title: "address",
      detail: config.url ?? "PARLEY_URL is not set: only this machine is served",
    },
    {
      state: hasMail ? "ok" : "warn",
      title: "own mail",
      detail: hasMail
        ? "invitations and password resets are mailed"
        : "PARLEY_SMTP_URL and PARLEY_MAIL_API are not set: invitations are links, resets need `user password`",
    },
    ...await examineChannels(store),
    await examineJobs(store),
    await examineDeliveries(store),
    ...search === null ? [] : [await examineSearch(store, search)],
  ];
}

async function examineWorkspace(store: Store): Promise<Check> {
  const workspace = await store.get(keys.workspace());
  const title = "database";
  if (workspace === null) return { state: "bad", title, detail: "has no workspace record" };
  const { name, schema, isSetUp } = workspace;
  if (!isSetUp) return { state: "warn", title, detail: `schema ${schema}, not set up yet` };
  return { state: "ok", title, detail: `schema ${schema}, workspace "${name}"` };
}

async function examineUsers(store: Store): Promise<Check> {
  let active = 0;
  let owners = 0;
  for await (const { value } of store.list(keys.users())) {
    if (!value.active) continue;
    active++;
    if (value.role === "owner") owners++;
  }
  return {
    state: owners === 0 && active > 0 ? "bad" : "ok",
    title: "users",
    detail: `${active} active, ${owners} of them owners`,
  };
}

async function examineChannels(store: Store): Promise<Check[]> {
  const broken: Check[] = [];
  let count = 0;
  for await (const { value } of store.list(keys.channels())) {
    count++;
    if (value.status !== "error") continue;
    broken.push({
      state: "bad",
      title: "channel",
      detail: `"${value.name}": ${value.error ?? "does not work"}`,
    });
  }
  return broken.length > 0
    ? broken
    : [{ state: "ok", title: "channels", detail: `${count}, none with an error` }];
}

async function examineJobs(store: Store): Promise<Check> {
  const waiting = await countUpTo(store, keys.jobs());
  const dead = await countUpTo(store, keys.deadJobs());
  return {
    state: dead === "0" ? "ok" : "bad",
    title: "jobs",
    detail: `${waiting} waiting, ${dead} given up`,
  };
}

async function examineDeliveries(store: Store): Promise<Check> {
  const failed = await countUpTo(store, keys.journalFailedAll());
  return {
    state: failed === "0" ? "ok" : "warn",
    title: "deliveries",
    detail: failed === "0" ? "none failed" : `${failed} could not be read: see the channel's page`,
  };
}

const MAX_COUNT = 1_000;

/** A number of keys, such as "12" or "over 1000": enough to act on without reading everything. */
async function countUpTo<T>(store: Store, range: KeyRange<T>): Promise<string> {
  let count = 0;
  for await (const _ of store.list(range, { limit: MAX_COUNT + 1 })) count++;
  return count > MAX_COUNT ? `over ${MAX_COUNT}` : String(count);
}

/** Follows the log by a moment, so a few may be missing or too many. */
const SEARCH_LAG = 100;

async function examineSearch(store: Store, search: SearchState): Promise<Check> {
  const title = "search";
  const known = await search.count();
  if (known === null) return { state: "ok", title, detail: "reads what is new at the next start" };
  if (search.isRebuilding) {
    return { state: "warn", title, detail: `is being built, ${known} conversations so far` };
  }
  let count = 0;
  for await (const _ of store.list(keys.conversations())) count++;
  const detail = `knows ${known} of ${count} conversations`;
  return Math.abs(known - count) <= SEARCH_LAG
    ? { state: "ok", title, detail }
    : { state: "warn", title, detail: `${detail}: \`doctor --rebuild\` reads them anew` };
}
