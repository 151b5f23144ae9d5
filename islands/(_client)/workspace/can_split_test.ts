import assert from "node:assert/strict";
import type { ApiMessage } from "../../../core/model/api.ts";
import { type SplitModel, splittable } from "./can_split.ts";
import { sampleMessage } from "./sample_records.ts";
import type { LoadedThread } from "./thread_store.ts";

function modelOf(
  messages: readonly ApiMessage[],
  { before = null, canWrite = true }: { before?: string | null; canWrite?: boolean } = {},
): SplitModel {
  const loaded: LoadedThread = {
    thread: { messages, sending: [], before, newFromSeq: null },
    contact: null,
    past: [],
    hidden: 0,
    status: "ready",
    isStale: false,
    isLoadingOlder: false,
  };
  return {
    data: { canWrite },
    threads: { get: (id) => id === "cnv_1" ? loaded : undefined },
  };
}

Deno.test("splittable() offers what has something before it, the newest first, and no lines of what happened", () => {
  const event = sampleMessage(2, { kind: "event" });
  const messages = [sampleMessage(1), event, sampleMessage(3), sampleMessage(4)];
  const seqs = (model: SplitModel, id: string | null = "cnv_1") =>
    splittable(model, id).map(({ seq }) => seq);

  assert.deepEqual(seqs(modelOf(messages)), [4, 3]);
  assert.deepEqual(seqs(modelOf(messages, { before: "older" })), [4, 3, 1]);
  assert.deepEqual(seqs(modelOf([sampleMessage(1), event])), []);
  assert.deepEqual(seqs(modelOf(messages, { canWrite: false })), []);
  assert.deepEqual(seqs(modelOf(messages), "cnv_2"), []);
  assert.deepEqual(seqs(modelOf(messages), null), []);
});
