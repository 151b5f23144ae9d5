import { z } from "zod";
import { actorOf, can, nameInput, parseInput, type Principal } from "../access/mod.ts";
import type { CoreContext } from "../context.ts";
import { type CoreError, invalid, notFound } from "../errors.ts";
import type { LiveTable } from "../events/mod.ts";
import { type Once, once } from "../idempotency.ts";
import type { Tag } from "../model/tag.ts";
import { err, ok, type Result } from "../result.ts";
import { keys, transact, type Tx } from "../store/mod.ts";
import {
  foldTagName,
  isFull,
  MAX_TAG,
  MAX_TAGS,
  newTag,
  putTag,
  TAG_QUEUE,
  tagNamed,
} from "./tag_names.ts";

/** Kind of the job that brings a changed name into the conversations: payload `{name}`, the one they had. */
export const RETAG_JOB = "tags.retag";

const Hue = z.int().min(0).max(350).multipleOf(10, "comes in steps of 10");
const TagInput = z.object({ name: nameInput(MAX_TAG), hue: Hue.optional() });
export type TagInput = z.input<typeof TagInput>;
const TagPatch = TagInput.partial();
export type TagPatch = z.input<typeof TagPatch>;

/** A tag, and where it is used. */
export interface TagUse extends Tag {
  /** Open and snoozed conversations with it, of those the caller may read. */
  readonly liveCount: number;
}

/** The tags of the workspace. Everybody may see and use them; those who manage the workspace change them. */
export interface Tags {
  /** By name. */
  all(): Promise<readonly Tag[]>;
  /** The same, with where they are used. */
  list(principal: Principal): Promise<readonly TagUse[]>;
  /** Errors: invalid, forbidden, conflict where there is one by that name. */
  create(principal: Principal, input: TagInput, options?: Once): Promise<Result<Tag, CoreError>>;
  /** A new name reaches the conversations a little later. Errors: invalid, forbidden, not_found, conflict. */
  update(principal: Principal, id: string, patch: TagPatch): Promise<Result<Tag, CoreError>>;
  /** Conversations with the one get the other instead. Errors: invalid, forbidden, not_found. */
  merge(principal: Principal, id: string, intoId: string): Promise<Result<Tag, CoreError>>;
  /** It is taken off all conversations. Errors: forbidden, not_found. */
  remove(principal: Principal, id: string): Promise<Result<null, CoreError>>;
}

/** Tags over the store. */
export function createTags(
  { store, ports }: Pick<CoreContext, "store" | "ports">,
  live: Pick<LiveTable, "rows" | "settled">,
): Tags {
  async function all(): Promise<readonly Tag[]> {
    const tags: Tag[] = [];
    for await (const { value } of store.list(keys.tags())) tags.push(value);
    return tags.sort((a, b) => a.name.localeCompare(b.name, "en"));
  }

  return {
    all,

    async list(principal) {
      await live.settled();
      const counts = new Map<string, number>();
      for (const { tags, inboxId } of live.rows()) {
        if (tags.length === 0 || !can(principal, "conversation.read", { inboxId })) continue;
        for (const name of tags) {
          const folded = foldTagName(name);
          counts.set(folded, (counts.get(folded) ?? 0) + 1);
        }
      }
      return (await all()).map((tag) => ({
        ...tag,
        liveCount: counts.get(foldTagName(tag.name)) ?? 0,
      }));
    },

    async create(principal, input, options = {}) {
      if (!can(principal, "tag.create")) return err({ code: "forbidden" });
      const parsed = parseInput(TagInput, input);
      if (!parsed.ok) return parsed;
      const { name, hue } = parsed.value;
      return await transact(store, (tx) =>
        once<Tag>(tx, options, async () => {
          const taken = await refuseName(tx, name, null);
          if (taken !== null) return err(taken);
          if (await isFull(tx)) {
            return err({ code: "conflict", message: `There are ${MAX_TAGS} tags already` });
          }
          const tag = newTag(ports, name, tx.now, hue);
          putTag(tx, tag);
          tell(tx, principal);
          return ok(tag);
        }), TAG_QUEUE);
    },

    async update(principal, id, patch) {
      if (!can(principal, "workspace.manage")) return err({ code: "forbidden" });
      const parsed = parseInput(TagPatch, patch);
      if (!parsed.ok) return parsed;
      return await transact(store, async (tx): Promise<Result<Tag, CoreError>> => {
        const before = await tx.get(keys.tag(id));
        if (before === null) return err(notFound("tag"));
        const { name = before.name, hue = before.hue } = parsed.value;
        const taken = await refuseName(tx, name, id);
        if (taken !== null) return err(taken);
        const after: Tag = { ...before, name, hue, updatedAt: tx.now };
        putTag(tx, after);
        if (name !== before.name) planRetag(tx, before.name);
        tell(tx, principal);
        return ok(after);
      }, TAG_QUEUE);
    },

    async merge(principal, id, intoId) {
      if (!can(principal, "workspace.manage")) return err({ code: "forbidden" });
      if (id === intoId) return err(invalid("intoId", "is the same tag"));
      return await transact(store, async (tx): Promise<Result<Tag, CoreError>> => {
        const [tag, into] = await Promise.all([tx.get(keys.tag(id)), tx.get(keys.tag(intoId))]);
        if (tag === null) return err(notFound("tag"));
        if (into === null) return err(invalid("intoId", "is no tag"));
        for (const name of await namesOf(tx, id)) tx.set(keys.tagByName(name), intoId);
        tx.delete(keys.tag(id));
        planRetag(tx, tag.name);
        tell(tx, principal);
        return ok(into);
      }, TAG_QUEUE);
    },

    async remove(principal, id) {
      if (!can(principal, "workspace.manage")) return err({ code: "forbidden" });
      return await transact(store, async (tx): Promise<Result<null, CoreError>> => {
        const tag = await tx.get(keys.tag(id));
        if (tag === null) return err(notFound("tag"));
        for (const name of await namesOf(tx, id)) tx.delete(keys.tagByName(name));
        tx.delete(keys.tag(id));
        planRetag(tx, tag.name);
        tell(tx, principal);
        return ok(null);
      }, TAG_QUEUE);
    },
  };
}

/** A name that is another tag's now. One that another tag had before is free. */
async function refuseName(tx: Tx, name: string, id: string | null): Promise<CoreError | null> {
  // Checked by the commit: of two who take the name at once one is refused.
  await tx.get(keys.tagByName(foldTagName(name)));
  const other = await tagNamed((key) => tx.read(key), name);
  if (other === null || other.id === id || foldTagName(other.name) !== foldTagName(name)) {
    return null;
  }
  return { code: "conflict", message: `There is a tag "${other.name}" already` };
}

/** Every name a tag is found by, folded. */
async function namesOf(tx: Tx, id: string): Promise<readonly string[]> {
  const names: string[] = [];
  for await (const { path, value } of tx.list(keys.tagNames())) {
    if (value === id) names.push(String(path.at(-1)));
  }
  return names;
}

function planRetag(tx: Tx, name: string): void {
  tx.job({ kind: RETAG_JOB, payload: { name }, dueAt: tx.now });
}

/** Screens that are open read the tags anew. */
function tell(tx: Tx, principal: Principal): void {
  tx.emit({ type: "settings.changed", actor: actorOf(principal) });
}
