import assert from "node:assert/strict";
import type { ApiDraft } from "../../../core/model/api.ts";
import { draftContent, restoredDraft } from "./draft_content.ts";

const FILE = { id: "att_1", name: "a.png", type: "image/png", size: 3, url: "/a" };
const DRAFT: ApiDraft = {
  id: "draft-0001",
  conversationId: "cnv_1",
  kind: "comment",
  version: 3,
  tab: "tab-0001",
  text: "See @Ana",
  html: '<div>See <img src="cid:att_1"></div>',
  files: [{ attachment: FILE, lost: false }, {
    attachment: { ...FILE, id: "att_2", name: "b.txt" },
    lost: true,
  }],
  mentions: [{ type: "user", id: "usr_1", name: "Ana" }],
  recipients: { to: [{ name: "Bo", address: "bo@example.com" }], cc: [], bcc: [] },
  history: true,
  quickReplies: ["Yes"],
  baseVersion: 2,
  others: [],
  updatedAt: "2026-03-02T08:00:00.000Z",
};

Deno.test("restoredDraft() is what draftContent() kept, with files that have this tab's keys", () => {
  let key = 6;
  const restored = restoredDraft(DRAFT, () => ++key);

  assert.equal(restored.html, '<div>See <img src="cid:file-7"></div>');
  assert.deepEqual(restored.files.map(({ isInline, error }) => [isInline, error === null]), [
    [true, true],
    [false, false],
  ]);
  const { text, html, mentions, recipients, history, quickReplies } = DRAFT;
  assert.deepEqual(draftContent(restored), {
    ...{ text, html, mentions, recipients, history, quickReplies },
    attachmentIds: ["att_1", "att_2"],
  });
});

Deno.test("draftContent() leaves out what has not arrived, and restoredDraft() of none is empty", () => {
  const nothing = restoredDraft(null, () => 1);
  const [file] = restoredDraft(DRAFT, () => 1).files;
  assert.ok(file);

  const content = draftContent({ ...nothing, text: "x", files: [{ ...file, attachment: null }] });

  assert.deepEqual(content.attachmentIds, []);
  assert.equal(content.html, undefined);
  assert.equal(draftContent(nothing).text, "");
});
