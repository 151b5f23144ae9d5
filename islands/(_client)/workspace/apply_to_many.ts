/** What an agent does to one or several conversations: seen at once, answered by the server, taken back as one. */
import { batch } from "@preact/signals";
import type { ApiConversation } from "../../../core/model/api.ts";
import type { Result } from "../../../core/result.ts";
import type { Api, ApiFailure } from "./api.ts";
import { type Change, fieldsAfter, inverseOf } from "./conversation_change.ts";
import { fail } from "./fail.ts";
import type { ModelPorts, WorkspaceModel } from "./workspace_model.ts";

/** What acting needs of the workspace. */
export type ActingModel =
  & Pick<WorkspaceModel, "conversations" | "selection" | "toasts" | "bulkProgress">
  & {
    readonly ports:
      & Pick<ModelPorts, "now">
      & { readonly api: Pick<Api, "updateConversation" | "updateConversations"> };
  };

/** As many as one call takes. */
const CALL_IDS = 100;

/** One change of some conversations. */
interface Group {
  readonly conversations: readonly ApiConversation[];
  readonly change: Change;
}

/** What was not done, and why. */
interface Refused {
  readonly id: string;
  readonly failure: ApiFailure;
}

/**
 * Changes conversations, shows it at once, says it in one toast whose Undo brings each back to what it was. Those that
 * could not be changed stay picked, and it is said how many and why.
 * @param words what was done, for one: "Closed"; of several the number is added
 * @param options `keepPicked`: more is to be done to the same ones
 * @returns whether all were changed
 */
export async function applyToMany(
  model: ActingModel,
  conversations: readonly ApiConversation[],
  change: Change,
  words: string,
  options: { readonly keepPicked?: boolean } = {},
): Promise<boolean> {
  const touched = conversations.map((before) => ({ before, fields: fieldsAfter(before, change) }))
    .filter(({ fields }) => Object.keys(fields).length > 0);
  if (touched.length === 0) return true;
  const { toasts, selection } = model;
  const picked = selection.ids.peek();
  const done = run(model, [{ conversations: touched.map(({ before }) => before), change }]);
  const toast = toasts.show({
    text: touched.length === 1 ? words : `${words}: ${touched.length} conversations`,
    isUndo: true,
    action: {
      label: "Undo",
      run() {
        const groups = grouped(touched.map(({ before, fields }) => ({
          conversations: [before],
          change: inverseOf(before, fields, model.ports.now()),
        })));
        // What is on its way arrives first.
        void run(model, groups, done).then((refused) => tell(model, "Not taken back", refused));
      },
    },
  });
  const refused = await done;
  if (refused.length === touched.length) toasts.dismiss(toast);
  const kept = new Set(refused.map(({ id }) => id));
  // Who picked anew meanwhile goes on with that.
  if (options.keepPicked !== true && selection.ids.peek() === picked) {
    selection.remove(touched.map(({ before }) => before.id).filter((id) => !kept.has(id)));
  }
  tell(
    model,
    refused.length === touched.length || touched.length === 1
      ? "Not changed"
      : `${refused.length} of ${touched.length} not changed`,
    refused,
  );
  return refused.length === 0;
}

/** Lays all changes over at once, sends them one call after the other. @returns those that were refused */
async function run(
  model: ActingModel,
  groups: readonly Group[],
  after?: Promise<unknown>,
): Promise<readonly Refused[]> {
  const takeOffs = batch(() =>
    groups.map(({ conversations, change }) =>
      conversations.map(({ id }) => {
        const now = model.conversations.get(id);
        return now === undefined ? () => {} : model.conversations.lay(id, fieldsAfter(now, change));
      })
    )
  );
  if (after !== undefined) await after;
  const refused: Refused[] = [];
  const calls = groups.flatMap(({ conversations, change }, group) =>
    chunked(conversations.map(({ id }, at) => ({ id, takeOff: takeOffs[group]?.[at] })))
      .map((part) => ({ part, change }))
  );
  const total = calls.reduce((sum, { part }) => sum + part.length, 0);
  let sent = 0;
  for (const { part, change } of calls) {
    if (total > CALL_IDS) model.bulkProgress.value = { done: sent, total };
    const answers = await send(model, part.map(({ id }) => id), change);
    sent += part.length;
    batch(() => {
      for (const [n, { id, takeOff }] of part.entries()) {
        const answer = answers[n];
        if (answer?.ok) model.conversations.take(answer.value);
        else if (answer !== undefined) refused.push({ id, failure: answer.error });
        takeOff?.();
      }
    });
  }
  model.bulkProgress.value = null;
  return refused;
}

/** One answer for each id. */
async function send(
  { ports: { api } }: ActingModel,
  ids: readonly string[],
  { unread, ...set }: Change,
): Promise<readonly Result<ApiConversation, ApiFailure>[]> {
  const [only] = ids;
  if (only !== undefined && ids.length === 1 && unread === undefined) {
    return [await api.updateConversation(only, set)];
  }
  const answer = await api.updateConversations({
    ids,
    ...Object.keys(set).length > 0 && { set },
    ...unread !== undefined && { action: unread ? "unread" as const : "read" as const },
  });
  if (!answer.ok) return ids.map(() => answer);
  const results = new Map(answer.value.results.map((result) => [result.id, result]));
  return ids.map((id) => {
    const { conversation, error } = results.get(id) ?? {};
    return conversation !== undefined
      ? { ok: true, value: conversation }
      : { ok: false, error: refusal(error?.detail ?? "The server could not do that") };
  });
}

function refusal(detail: string): ApiFailure {
  return { code: "refused", status: 422, detail };
}

/** Conversations with the same way back go together. */
function grouped(groups: readonly Group[]): readonly Group[] {
  const byChange = new Map<string, Group>();
  for (const { conversations, change } of groups) {
    const key = JSON.stringify(change);
    const known = byChange.get(key)?.conversations ?? [];
    byChange.set(key, { change, conversations: [...known, ...conversations] });
  }
  return [...byChange.values()];
}

function chunked<T>(all: readonly T[]): readonly (readonly T[])[] {
  const parts: T[][] = [];
  for (let at = 0; at < all.length; at += CALL_IDS) parts.push(all.slice(at, at + CALL_IDS));
  return parts;
}

function tell(model: ActingModel, what: string, refused: readonly Refused[]): void {
  const [first] = refused;
  if (first !== undefined) fail(model, what, first.failure);
}
