import { z } from "zod";
import { can, nameInput, parseInput, type Principal, takeTurn } from "../access/mod.ts";
import type { CoreContext } from "../context.ts";
import { type CoreError, invalid } from "../errors.ts";
import { type Once, once } from "../idempotency.ts";
import { escapeHtml } from "../model/escape_html.ts";
import { type FieldName, fillFields } from "../model/fill_fields.ts";
import { Sharing } from "../model/sharing.ts";
import type { Snippet } from "../model/snippet.ts";
import { err, ok, type Result } from "../result.ts";
import {
  checkSharing,
  countUse,
  defaultSharing,
  FolderInput,
  HtmlInput,
  readFieldValues,
  type ReadTeams,
  readWords,
  Shelf,
  type Shown,
  type TeamMembers,
  TextInput,
} from "../sharing/mod.ts";
import { keys, transact, type Tx } from "../store/mod.ts";

/** Far more than anybody finds anything in. */
const MAX_SNIPPETS = 2_000;

const SnippetFields = z.object({
  name: nameInput(),
  shortcut: z.string().trim().toLowerCase().pipe(
    z.string().regex(/^[\p{L}\p{N}_.-]{1,40}$/u, "takes 1 to 40 letters, digits, - _ or ."),
  ),
  folder: FolderInput.optional(),
  text: TextInput.optional(),
  html: HtmlInput.optional(),
  sharing: z.optional(Sharing),
});
const SnippetPatch = SnippetFields.partial();
/** A new snippet: its words as text or as HTML; private unless it says otherwise, a token's for everybody. */
export type SnippetInput = z.input<typeof SnippetFields>;
/** What may be changed about a snippet; absent fields stay, new words replace both text and HTML. */
export type SnippetPatch = z.input<typeof SnippetPatch>;

/** A snippet's words for one conversation. */
export interface FilledSnippet {
  readonly text: string;
  readonly html?: string;
  /** Fields without a value, which still stand in the text. */
  readonly missing: readonly FieldName[];
}

/** Words that are written often. What the caller may not see does not exist for them. */
export interface Snippets {
  /** By folder and name. */
  list(principal: Principal): Promise<Result<readonly Shown<Snippet>[], CoreError>>;
  /** Errors: not_found. */
  get(principal: Principal, id: string): Promise<Result<Shown<Snippet>, CoreError>>;
  /** Errors: invalid, forbidden, conflict for a shortcut that is taken among what the caller sees. */
  create(
    principal: Principal,
    input: SnippetInput,
    options?: Once,
  ): Promise<Result<Shown<Snippet>, CoreError>>;
  /** Errors: invalid, forbidden, not_found, conflict. */
  update(
    principal: Principal,
    id: string,
    patch: SnippetPatch,
  ): Promise<Result<Shown<Snippet>, CoreError>>;
  /** Errors: forbidden, not_found. */
  remove(principal: Principal, id: string): Promise<Result<null, CoreError>>;
  /** It was put into a message. Errors: not_found. */
  use(principal: Principal, id: string, options?: Once): Promise<Result<null, CoreError>>;
  /** Its words as they are for a conversation. Errors: not_found. */
  fill(
    principal: Principal,
    id: string,
    conversationId: string,
  ): Promise<Result<FilledSnippet, CoreError>>;
}

/** Snippets over the store. */
export function createSnippets(
  { store, ports }: Pick<CoreContext, "store" | "ports">,
  { teams }: { readonly teams: ReadTeams },
): Snippets {
  const shelf = new Shelf<Snippet>({
    store,
    teams,
    what: "snippet",
    key: keys.snippet,
    all: keys.snippets,
  });

  /** Null when nobody whom the caller sees has the shortcut. */
  async function refuse(
    tx: Tx,
    principal: Principal,
    all: readonly TeamMembers[],
    { id, shortcut }: Pick<Snippet, "id" | "shortcut">,
  ): Promise<CoreError | null> {
    // Whoever takes the same shortcut at this moment is found here, or finds this one.
    await takeTurn(tx, "snippets");
    const others = await shelf.visible(tx, principal, all);
    const taken = others.find((one) => one.shortcut === shortcut && one.id !== id);
    if (taken === undefined) return null;
    return { code: "conflict", message: `"${taken.name}" has the shortcut /${shortcut}` };
  }

  return {
    async list(principal) {
      return ok(await shelf.list(principal));
    },

    get: (principal, id) => shelf.get(principal, id),

    async create(principal, input, options = {}) {
      if (!can(principal, "snippet.write")) return err({ code: "forbidden" });
      const parsed = parseInput(SnippetFields, input);
      if (!parsed.ok) return parsed;
      const { name, shortcut, folder = "", sharing = defaultSharing(principal) } = parsed.value;
      const words = await readWords(parsed.value);
      if (!words.ok) return words;
      if (words.value.text === "") return err(invalid("text", "is needed"));
      const all = await teams();
      const wrong = checkSharing(principal, all, sharing);
      if (wrong !== null) return err(wrong);
      const made = await transact(store, (tx) =>
        once<Snippet>(tx, options, async () => {
          const snippet: Snippet = {
            id: ports.ids.next("snp"),
            name,
            shortcut,
            folder,
            ...words.value,
            sharing,
            ownerId: principal.type === "user" ? principal.user.id : null,
            createdAt: tx.now,
            updatedAt: tx.now,
          };
          const taken = await refuse(tx, principal, all, snippet);
          if (taken !== null) return err(taken);
          let count = 0;
          for await (const _ of tx.list(keys.snippets(), { limit: MAX_SNIPPETS })) count++;
          if (count >= MAX_SNIPPETS) {
            return err({ code: "conflict", message: `There are ${MAX_SNIPPETS} snippets already` });
          }
          tx.insert(keys.snippet(snippet.id), snippet);
          return ok(snippet);
        }), QUEUE);
      return await shelf.afterWrite(principal, made);
    },

    async update(principal, id, patch) {
      const parsed = parseInput(SnippetPatch, patch);
      if (!parsed.ok) return parsed;
      const { text, html, ...fields } = parsed.value;
      const words = text === undefined && html === undefined
        ? null
        : await readWords({ text, html });
      if (words !== null && !words.ok) return words;
      if (words?.value.text === "") return err(invalid("text", "is needed"));
      const all = await teams();
      const written = await transact<Result<Snippet, CoreError>>(store, async (tx) => {
        const found = await shelf.toChange(tx, principal, all, id);
        if (!found.ok) return found;
        const before = found.value;
        if (fields.sharing !== undefined) {
          const wrong = checkSharing(principal, all, fields.sharing);
          if (wrong !== null) return err(wrong);
        }
        const { text, html, ...rest } = before;
        const after: Snippet = {
          ...rest,
          ...words?.value ?? { text, ...html === undefined ? {} : { html } },
          name: fields.name ?? before.name,
          shortcut: fields.shortcut ?? before.shortcut,
          folder: fields.folder ?? before.folder,
          sharing: fields.sharing ?? before.sharing,
          updatedAt: tx.now,
        };
        const taken = await refuse(tx, principal, all, after);
        if (taken !== null) return err(taken);
        tx.set(keys.snippet(id), after);
        return ok(after);
      }, QUEUE);
      return await shelf.afterWrite(principal, written);
    },

    remove: (principal, id) => shelf.remove(principal, id),

    async use(principal, id, options = {}) {
      const found = await shelf.get(principal, id);
      if (!found.ok) return found;
      return await transact(store, (tx) =>
        once<null>(tx, options, () => {
          countUse(tx, id);
          return Promise.resolve(ok(null));
        }));
    },

    async fill(principal, id, conversationId) {
      const found = await shelf.get(principal, id);
      if (!found.ok) return found;
      const read = await readFieldValues(store, principal, conversationId);
      if (!read.ok) return read;
      const { values } = read.value;
      const { text, missing } = fillFields(found.value.text, values);
      const { html } = found.value;
      return ok({
        text,
        ...html === undefined ? {} : { html: fillFields(html, values, escapeHtml).text },
        missing: [...new Set(missing.map(({ name }) => name))],
      });
    },
  };
}

/** Changes are rare, and look at all there are. */
const QUEUE = { queue: "snippets" } as const;
