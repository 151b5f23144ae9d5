import type { ApiConversation, ApiConversationPatch } from "../../../../core/model/api.ts";
import type { ApiMacro, ApiMacroRun } from "../../../../core/model/api_snippets.ts";
import type { ApiFailure } from "../api.ts";
import { fail, signedOut } from "../fail.ts";
import type { WorkspaceModel } from "../workspace_model.ts";
import { writeInComposer } from "./write_in_composer.ts";

interface Ran {
  readonly before: ApiConversation;
  readonly run: ApiMacroRun;
}

/** Runs a macro on conversations, one after the other, and says once how it went, with the way back. */
export async function runMacro(
  model: WorkspaceModel,
  macro: ApiMacro,
  conversations: readonly ApiConversation[],
): Promise<void> {
  const sends = macro.actions.some(({ type }) => type === "reply");
  const done: Ran[] = [];
  const failures: ApiFailure[] = [];
  for (const before of conversations) {
    // Only what customers read depends on what they wrote last.
    const guard = sends ? { ifVersion: before.version } : {};
    const key = model.ports.newId();
    const answer = await model.ports.api.runMacro(before.id, macro.id, key, guard);
    if (answer.ok) {
      done.push({ before, run: answer.value });
      model.conversations.take(answer.value.conversation);
      for (const message of answer.value.messages) model.threads.takeAnswer(message);
    } else failures.push(answer.error);
    // Nothing more arrives: the rest would wait for nothing.
    if (!answer.ok && (answer.error.code === "signed_out" || answer.error.code === "offline")) {
      break;
    }
  }
  if (failures.some(({ code }) => code === "signed_out")) return signedOut();
  const [only] = done;
  if (conversations.length === 1 && only?.run.compose) {
    writeInComposer(model, only.run.conversation, {
      kind: macro.when === "comment" ? "comment" : "reply",
      words: only.run.compose,
    });
  }
  sayHowItWent(model, macro, { asked: conversations.length, done, failures });
}

function sayHowItWent(
  model: WorkspaceModel,
  { name }: ApiMacro,
  { asked, done, failures }: {
    readonly asked: number;
    readonly done: readonly Ran[];
    readonly failures: readonly ApiFailure[];
  },
): void {
  const [failure] = failures;
  if (done.length === 0) {
    if (failure !== undefined) fail(model, `“${name}” did nothing`, plain(failure));
    return;
  }
  const partly = done.find(({ run }) => run.failed !== null)?.run.failed;
  const text = done.length < asked
    ? `“${name}” done in ${done.length} of ${asked}: ${reason(failure)}`
    : partly
    ? `“${name}” done, without its comment: ${partly}`
    : asked > 1
    ? `“${name}” done in ${asked} conversations`
    : `“${name}” done`;
  const steps = done.map(({ before, run }) => stepBack(before, run));
  const hasWayBack = steps.some(({ patch, messageIds }) =>
    Object.keys(patch).length > 0 || messageIds.length > 0
  );
  model.toasts.show({
    icon: done.length < asked || partly ? "alert" : "zap",
    text,
    ...(done.length < asked || partly ? { lastsMs: 10_000 } : {}),
    ...(hasWayBack && {
      isUndo: true,
      action: { label: "Undo", run: () => void takeBack(model, steps) },
    }),
  });
}

interface StepBack {
  readonly id: string;
  readonly patch: ApiConversationPatch;
  /** Replies that may not have left yet. */
  readonly messageIds: readonly string[];
}

/** What makes a conversation what it was before a macro. */
export function stepBack(
  before: ApiConversation,
  { conversation: after, messages }: ApiMacroRun,
): StepBack {
  const isSnoozeMoved = before.snoozedUntil !== after.snoozedUntil &&
    before.snoozedUntil !== null;
  const isTagged = before.tags.join("\n") !== after.tags.join("\n");
  return {
    id: before.id,
    patch: {
      ...(before.status !== after.status && { status: before.status }),
      ...(isSnoozeMoved && { snoozedUntil: before.snoozedUntil }),
      ...(before.assigneeId !== after.assigneeId && { assigneeId: before.assigneeId }),
      ...(before.teamId !== after.teamId && { teamId: before.teamId }),
      ...(before.priority !== after.priority && { priority: before.priority }),
      ...(before.inboxId !== after.inboxId && { inboxId: before.inboxId }),
      ...(isTagged && { tags: [...before.tags] }),
    },
    messageIds: messages.filter(({ kind, status }) => kind === "reply" && status === "queued")
      .map(({ id }) => id),
  };
}

async function takeBack(model: WorkspaceModel, steps: readonly StepBack[]): Promise<void> {
  const { api } = model.ports;
  let tooLate = 0;
  for (const { id, patch, messageIds } of steps) {
    for (const messageId of messageIds) {
      const canceled = await api.cancelMessage(messageId);
      if (canceled.ok) model.threads.take(canceled.value);
      else tooLate++;
    }
    if (Object.keys(patch).length === 0) continue;
    const answer = await api.updateConversation(id, patch);
    if (answer.ok) model.conversations.take(answer.value);
    else return fail(model, "Not taken back", answer.error);
  }
  if (tooLate > 0) {
    model.toasts.show({
      icon: "alert",
      text: "The reply is on its way already; the rest is undone",
    });
  }
}

/** "Somebody wrote" is a reason of its own here: nothing waits in a composer. */
function plain(failure: ApiFailure): ApiFailure {
  return failure.code === "moved_on"
    ? { code: "refused", status: 409, detail: reason(failure) }
    : failure;
}

function reason(failure: ApiFailure | undefined): string {
  if (failure?.code === "refused") return failure.detail;
  return failure?.code === "moved_on" ? "somebody wrote meanwhile" : "no connection";
}
