/** Which tag a name means. A tag is found by its name in any case, and by the names it had before. */
import { type CoreError, invalid } from "../errors.ts";
import { hueOf } from "../model/hue.ts";
import type { Tag } from "../model/tag.ts";
import type { Ports } from "../ports.ts";
import { err, ok, type Result } from "../result.ts";
import { type Key, keys, type Store, transact, type Tx } from "../store/mod.ts";

/** Characters of a name. */
export const MAX_TAG = 50;
/** Tags of a workspace: each screen holds all of them. */
export const MAX_TAGS = 1_000;

/** How names are compared. */
export function foldTagName(name: string): string {
  return name.normalize("NFC").replace(/\s+/g, " ").trim().toLowerCase();
}

/** The tag a name means now, or null. @param read a commit's `get` where a merge meanwhile must not go unseen */
export async function tagNamed(
  read: <T>(key: Key<T>) => Promise<T | null>,
  name: string,
): Promise<Tag | null> {
  const id = await read(keys.tagByName(foldTagName(name)));
  return id === null ? null : await read(keys.tag(id));
}

/** The names as their tags are called now; those nobody knows as they are. */
export async function withKnownNames(
  tx: Pick<Tx, "read">,
  names: readonly string[],
): Promise<readonly string[]> {
  return await Promise.all(
    names.map(async (name) => (await tagNamed((key) => tx.read(key), name))?.name ?? name.trim()),
  );
}

/**
 * Makes the tags among these names that are none yet, each in a commit of its own. Names that cannot be tags are left
 * alone: whoever uses them refuses them. Errors: invalid when there are too many tags.
 */
export async function makeMissingTags(
  store: Store,
  ports: Pick<Ports, "ids">,
  names: readonly string[],
): Promise<Result<null, CoreError>> {
  for (const name of names.map((one) => one.replace(/\s+/g, " ").trim())) {
    if (name === "" || name.length > MAX_TAG) continue;
    if (await store.get(keys.tagByName(foldTagName(name))) !== null) continue;
    const made = await transact<Result<null, CoreError>>(store, async (tx) => {
      // Somebody else may have made it just now.
      if (await tx.get(keys.tagByName(foldTagName(name))) !== null) return ok(null);
      if (await isFull(tx)) return err(invalid("tags", `are over ${MAX_TAGS} in this workspace`));
      putTag(tx, newTag(ports, name, tx.now));
      return ok(null);
    }, TAG_QUEUE);
    if (!made.ok) return made;
  }
  return ok(null);
}

/** The rare commands that change tags queue up. */
export const TAG_QUEUE = { queue: "tags" } as const;

/** @param now epoch ms */
export function newTag(ports: Pick<Ports, "ids">, name: string, now: number, hue?: number): Tag {
  return {
    id: ports.ids.next("tag"),
    name,
    hue: hue ?? hueOf(name),
    createdAt: now,
    updatedAt: now,
  };
}

/** Writes a tag and the name it is found by. */
export function putTag(tx: Pick<Tx, "set">, tag: Tag): void {
  tx.set(keys.tag(tag.id), tag);
  tx.set(keys.tagByName(foldTagName(tag.name)), tag.id);
}

/** Whether the workspace has as many as it may. */
export async function isFull(tx: Pick<Tx, "list">): Promise<boolean> {
  let count = 0;
  for await (const _ of tx.list(keys.tags(), { limit: MAX_TAGS })) count++;
  return count >= MAX_TAGS;
}
