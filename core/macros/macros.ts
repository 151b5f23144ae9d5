import type { z } from "zod";
import { can, parseInput, type Principal } from "../access/mod.ts";
import type { CoreContext } from "../context.ts";
import type { Messages } from "../conversations/mod.ts";
import type { CoreError } from "../errors.ts";
import { type Once, once } from "../idempotency.ts";
import type { Macro } from "../model/macro.ts";
import { err, ok, type Result } from "../result.ts";
import {
  checkSharing,
  defaultSharing,
  type ReadTeams,
  readWords,
  Shelf,
  type Shown,
} from "../sharing/mod.ts";
import { keys, transact } from "../store/mod.ts";
import { checkMacro, MacroFields, MacroPatch } from "./macro_input.ts";
import { type MacroPreview, previewMacro } from "./preview_macro.ts";
import { type MacroRun, type RunInput, runMacro } from "./run_macro.ts";

/** Far more than anybody finds anything in. */
const MAX_MACROS = 1_000;

/** A new macro: words as text or as HTML, or actions, or both; private and for every occasion unless it says otherwise. */
export type MacroInput = z.input<typeof MacroFields>;
/** What may be changed about a macro; absent fields stay, new words replace both text and HTML. */
export type MacroPatch = z.input<typeof MacroPatch>;

/** What is done often, in one step. What the caller may not see does not exist for them. */
export interface Macros {
  /** By folder and name. */
  list(principal: Principal): Promise<Result<readonly Shown<Macro>[], CoreError>>;
  /** Errors: not_found. */
  get(principal: Principal, id: string): Promise<Result<Shown<Macro>, CoreError>>;
  /** Errors: invalid, forbidden, conflict when there are too many. */
  create(
    principal: Principal,
    input: MacroInput,
    options?: Once,
  ): Promise<Result<Shown<Macro>, CoreError>>;
  /** Errors: invalid, forbidden, not_found. */
  update(
    principal: Principal,
    id: string,
    patch: MacroPatch,
  ): Promise<Result<Shown<Macro>, CoreError>>;
  /** Errors: forbidden, not_found. */
  remove(principal: Principal, id: string): Promise<Result<null, CoreError>>;
  /** What it would do to a conversation now. Errors: not_found. */
  preview(
    principal: Principal,
    conversationId: string,
    id: string,
  ): Promise<Result<MacroPreview, CoreError>>;
  /** See {@link runMacro}. */
  run(
    principal: Principal,
    conversationId: string,
    id: string,
    input?: RunInput,
    options?: Once,
  ): Promise<Result<MacroRun, CoreError>>;
}

/** Macros over the store; what they send goes the way of every message. */
export function createMacros(
  { store, ports }: Pick<CoreContext, "store" | "ports">,
  { teams, messages }: { readonly teams: ReadTeams; readonly messages: Pick<Messages, "post"> },
): Macros {
  const shelf = new Shelf<Macro>({
    store,
    teams,
    what: "macro",
    key: keys.macro,
    all: keys.macros,
  });

  return {
    async list(principal) {
      return ok(await shelf.list(principal));
    },

    get: (principal, id) => shelf.get(principal, id),

    async create(principal, input, options = {}) {
      if (!can(principal, "snippet.write")) return err({ code: "forbidden" });
      const parsed = parseInput(MacroFields, input);
      if (!parsed.ok) return parsed;
      const { name, folder = "", actions = [], when = "any" } = parsed.value;
      const { sharing = defaultSharing(principal) } = parsed.value;
      const words = await readWords(parsed.value);
      if (!words.ok) return words;
      const wrong = await checkMacro(store, principal, { ...words.value, actions }) ??
        checkSharing(principal, await teams(), sharing);
      if (wrong !== null) return err(wrong);
      const made = await transact(store, (tx) =>
        once<Macro>(tx, options, async () => {
          let count = 0;
          for await (const _ of tx.list(keys.macros(), { limit: MAX_MACROS })) count++;
          if (count >= MAX_MACROS) {
            return err({ code: "conflict", message: `There are ${MAX_MACROS} macros already` });
          }
          const macro: Macro = {
            id: ports.ids.next("mac"),
            name,
            folder,
            ...words.value,
            actions,
            when,
            sharing,
            ownerId: principal.type === "user" ? principal.user.id : null,
            createdAt: tx.now,
            updatedAt: tx.now,
          };
          tx.insert(keys.macro(macro.id), macro);
          return ok(macro);
        }), { queue: "macros" });
      return await shelf.afterWrite(principal, made);
    },

    async update(principal, id, patch) {
      const parsed = parseInput(MacroPatch, patch);
      if (!parsed.ok) return parsed;
      const { text, html, ...fields } = parsed.value;
      const words = text === undefined && html === undefined
        ? null
        : await readWords({ text, html });
      if (words !== null && !words.ok) return words;
      const all = await teams();
      const written = await transact<Result<Macro, CoreError>>(store, async (tx) => {
        const found = await shelf.toChange(tx, principal, all, id);
        if (!found.ok) return found;
        const { text, html, ...before } = found.value;
        const after: Macro = {
          ...before,
          ...words?.value ?? { text, ...html === undefined ? {} : { html } },
          name: fields.name ?? before.name,
          folder: fields.folder ?? before.folder,
          actions: fields.actions ?? before.actions,
          when: fields.when ?? before.when,
          sharing: fields.sharing ?? before.sharing,
          updatedAt: tx.now,
        };
        // Who left since is no reason against another name.
        const checked = fields.actions === undefined && words === null
          ? null
          : await checkMacro(store, principal, after);
        const wrong = checked ??
          (fields.sharing === undefined ? null : checkSharing(principal, all, fields.sharing));
        if (wrong !== null) return err(wrong);
        tx.set(keys.macro(id), after);
        return ok(after);
      }, { queue: id });
      return await shelf.afterWrite(principal, written);
    },

    remove: (principal, id) => shelf.remove(principal, id),

    async preview(principal, conversationId, id) {
      const found = await shelf.get(principal, id);
      return found.ok
        ? await previewMacro({ store, ports }, principal, conversationId, found.value)
        : found;
    },

    async run(principal, conversationId, id, input = {}, options = {}) {
      const found = await shelf.get(principal, id);
      if (!found.ok) return found;
      const services = { store, ports, messages };
      return await runMacro(services, principal, {
        conversationId,
        macro: found.value,
        input,
        options,
      });
    },
  };
}
