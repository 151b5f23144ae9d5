import assert from "node:assert/strict";
import type { ApiDraft } from "../../../core/model/api.ts";
import type { ApiDraftInput } from "../../../core/model/api_inputs.ts";
import { err, ok, type Result } from "../../../core/result.ts";
import { fakeTime } from "../../../tests/fakes/ports.ts";
import type { ApiFailure } from "./api.ts";
import { ComposerStore } from "./composer_store.ts";
import { DraftSync, PAUSE_MS } from "./draft_sync.ts";
import { Drafts, type DraftStorage } from "./drafts.ts";

const CNV = "cnv_1";
const TAB = "tab-of-this-page";

Deno.test("DraftSync saves after a pause, and at least every three seconds while somebody types", async () => {
  const scene = open();
  scene.write("D");
  scene.write("De");
  await scene.wait(PAUSE_MS);
  assert.deepEqual(scene.saved.map(({ text }) => text), ["De"]);
  assert.equal(scene.sync.statusOf(CNV, "reply")?.kind, "saved");

  for (let n = 0; n < 10; n++) {
    scene.write(`Dear ${n}`);
    await scene.wait(500);
  }
  assert.ok(scene.saved.length >= 2);
  assert.equal(scene.saved[1]?.after, 1);
});

Deno.test("DraftSync keeps words in the browser until the server has them", async () => {
  const scene = open();
  scene.answer = () => err({ code: "offline" });
  scene.write("Dear");
  await scene.wait(PAUSE_MS);
  assert.equal(scene.sync.statusOf(CNV, "reply")?.kind, "kept");
  assert.equal(scene.kept.read(CNV, "reply")?.text, "Dear");

  scene.answer = scene.store;
  await scene.wait(5_000);
  assert.equal(scene.saved.at(-1)?.text, "Dear");
  assert.equal(scene.kept.read(CNV, "reply"), null);
  assert.equal(scene.composers.draftOf(CNV), "Dear");
});

Deno.test("DraftSync takes over what another tab wrote, while nothing is typed here", async () => {
  const scene = open();
  scene.write("From here");
  await scene.wait(PAUSE_MS);

  scene.hear({ version: 2, text: "From there", quickReplies: ["Yes"] });

  const { text, quickReplies } = scene.composers.get(CNV, "reply");
  assert.deepEqual([text, quickReplies], ["From there", ["Yes"]]);
  await scene.wait(10_000);
  assert.equal(scene.saved.length, 1);
  scene.write("From there, and here");
  await scene.wait(PAUSE_MS);
  assert.equal(scene.saved[1]?.after, 2);
});

Deno.test("DraftSync lets nothing come over words that are unsaved, and says what it did not know of", async () => {
  const scene = open();
  scene.write("From here");

  scene.hear({ version: 4, text: "From there" });
  await scene.wait(PAUSE_MS);

  assert.equal(scene.composers.get(CNV, "reply").text, "From here");
  assert.equal(scene.saved[0]?.after, 0);
});

Deno.test("DraftSync offers back what lost, until that is settled", async () => {
  const scene = open();
  scene.answer = (input) => {
    const draft = scene.store(input);
    const others = input.dropsOthers ? [] : [{ text: "From there" }];
    return draft.ok ? ok({ ...draft.value, others }) : draft;
  };
  scene.write("From here");
  await scene.wait(PAUSE_MS);
  assert.deepEqual(scene.sync.othersOf(CNV, "reply"), [{ text: "From there" }]);

  scene.sync.settleOthers(CNV, "reply");
  await scene.wait(0);
  assert.equal(scene.saved.at(-1)?.dropsOthers, true);
  assert.deepEqual(scene.sync.othersOf(CNV, "reply"), []);
});

Deno.test("DraftSync empties a composer whose draft was sent elsewhere, but not one that is typed in", async () => {
  const scene = open();
  scene.write("Dear");
  await scene.wait(PAUSE_MS);
  scene.end();
  assert.equal(scene.composers.get(CNV, "reply").text, "");

  scene.write("Dear again");
  await scene.wait(PAUSE_MS);
  scene.write("Dear again and again");
  const before = scene.saved.at(-1)?.id;
  scene.end();
  await scene.wait(PAUSE_MS);

  assert.equal(scene.composers.get(CNV, "reply").text, "Dear again and again");
  assert.notEqual(scene.saved.at(-1)?.id, before);
});

Deno.test("DraftSync begins another draft when the server says that this one was sent", async () => {
  const scene = open();
  scene.answer = () => err({ code: "refused", status: 409, detail: "It was sent" });
  scene.write("Dear");
  await scene.wait(PAUSE_MS);
  scene.answer = scene.store;
  await scene.wait(PAUSE_MS);

  const [first, second] = scene.saved;
  assert.equal(second?.text, "Dear");
  assert.notEqual(first?.id, second?.id);
});

Deno.test("DraftSync does not try again what is too long, until it is another text", async () => {
  const scene = open();
  scene.answer = () => err({ code: "refused", status: 413, detail: "At most 65536 bytes" });
  scene.write("Dear");
  await scene.wait(60_000);
  assert.equal(scene.saved.length, 1);
  const status = scene.sync.statusOf(CNV, "reply");
  assert.ok(status?.kind === "refused" && status.reason.includes("64 KB"));

  scene.answer = scene.store;
  scene.write("De");
  await scene.wait(PAUSE_MS);
  assert.equal(scene.sync.statusOf(CNV, "reply")?.kind, "saved");
});

Deno.test("DraftSync.detach() lets a save that is still on its way come to nothing", async () => {
  const scene = open();
  scene.write("Dear");
  const answer = Promise.withResolvers<void>();
  scene.gate = answer.promise;
  await scene.wait(PAUSE_MS);

  const id = scene.sync.detach(CNV, "reply");
  scene.composers.take(CNV, "reply");
  scene.gate = Promise.resolve();
  answer.resolve();
  await scene.wait(10_000);

  assert.equal(scene.saved[0]?.id, id);
  assert.equal(scene.saved.length, 1);
  assert.equal(scene.sync.statusOf(CNV, "reply"), null);
  scene.write("Another");
  await scene.wait(PAUSE_MS);
  assert.notEqual(scene.saved[1]?.id, id);
});

Deno.test("DraftSync throws a draft away whose text was deleted", async () => {
  const scene = open();
  scene.write("Dear");
  await scene.wait(PAUSE_MS);
  scene.write("  ");
  await scene.wait(PAUSE_MS);

  assert.equal(scene.deleted, 1);
  assert.equal(scene.composers.draftOf(CNV), "");
});

Deno.test("DraftSync.flush() saves at once what is unsaved, and nothing else", async () => {
  const scene = open();
  scene.sync.flush();
  scene.write("Dear");
  scene.sync.flush(true);
  await scene.wait(0);
  scene.sync.flush(true);
  await scene.wait(10_000);

  assert.equal(scene.saved.length, 1);
});

function open() {
  const { clock, alarm } = fakeTime(0);
  const kept = new Drafts(memory(), "usr_me");
  const composers = new ComposerStore({
    api: { upload: () => Promise.resolve(err({ code: "offline" as const })) },
    drafts: kept,
  });
  const saved: ApiDraftInput[] = [];
  let ids = 0;
  let version = 0;
  const draftOf = (changes: Partial<ApiDraft>): ApiDraft => ({
    id: "draft-elsewhere",
    conversationId: CNV,
    kind: "reply",
    version: ++version,
    tab: "another-tab",
    text: "",
    files: [],
    recipients: null,
    history: null,
    quickReplies: [],
    baseVersion: 1,
    others: [],
    updatedAt: "2026-03-02T08:00:00.000Z",
    ...changes,
  });
  const store = ({ id = "", text }: ApiDraftInput) => ok(draftOf({ id, text, tab: TAB }));
  const scene = {
    composers,
    kept,
    saved,
    store,
    deleted: 0,
    gate: Promise.resolve(),
    // Others answer otherwise.
    answer: store as (input: ApiDraftInput) => Result<ApiDraft, ApiFailure>,
    sync: new DraftSync({
      api: {
        drafts: () => Promise.resolve(ok({ items: [], others: [] })),
        async saveDraft(_id, _kind, input): Promise<Result<ApiDraft, ApiFailure>> {
          saved.push(input);
          await scene.gate;
          return scene.answer(input);
        },
        deleteDraft() {
          scene.deleted++;
          return Promise.resolve(ok(null));
        },
      },
      composers,
      kept,
      tab: TAB,
      now: () => clock.now(),
      after: (ms, run) => alarm(clock.now() + ms, run),
      newId: () => `draft-id-${++ids}`,
    }),
    write: (text: string) => composers.write(CNV, "reply", text, 1),
    hear: (changes: Partial<ApiDraft>) => {
      const draft = draftOf(changes);
      scene.sync.take({ conversationId: CNV, kind: "reply", draftId: draft.id, draft });
    },
    /** What this tab saved last was sent in another one. */
    end: () =>
      scene.sync.take({
        conversationId: CNV,
        kind: "reply",
        draftId: saved.at(-1)?.id ?? "",
        draft: null,
      }),
    /** Lets time pass, and what it began come to an end. */
    async wait(ms: number) {
      clock.advance(ms);
      for (let n = 0; n < 10; n++) await Promise.resolve();
    },
  };
  scene.sync.start();
  return scene;
}

function memory(): DraftStorage {
  const items = new Map<string, string>();
  return {
    get length() {
      return items.size;
    },
    key: (index) => [...items.keys()][index] ?? null,
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => void items.set(key, value),
    removeItem: (key) => void items.delete(key),
  };
}
