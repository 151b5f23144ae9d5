import assert from "node:assert/strict";
import { canMerge, mergeCandidates } from "./merge_candidates.ts";
import { sampleConversation } from "./sample_records.ts";

const MAIL = { isMail: true };
const CHAT = { isMail: false };
const from = sampleConversation("cnv_from", { number: 7, contactId: "con_a" });

Deno.test("mergeCandidates() offers the contact's own first, others for what was typed", () => {
  const old = sampleConversation("cnv_old", {
    number: 3,
    contactId: "con_a",
    subject: "Red shoes",
    lastMessageAt: "2026-01-01T00:00:00.000Z",
  });
  const latest = sampleConversation("cnv_new", { number: 4, contactId: "con_a" });
  const other = sampleConversation("cnv_other", {
    number: 12,
    contactId: "con_b",
    contactName: "Shoe Maker",
  });
  const ids = (query: string) => {
    const { own, others } = mergeCandidates(from, [old, other, latest, from, old], query, MAIL);
    return [own.map(({ id }) => id), others.map(({ id }) => id)];
  };

  assert.deepEqual(ids(""), [["cnv_new", "cnv_old"], []]);
  assert.deepEqual(ids("shoe"), [["cnv_old"], ["cnv_other"]]);
  assert.deepEqual(ids("#12"), [[], ["cnv_other"]]);
  assert.deepEqual(ids("12"), [[], ["cnv_other"]]);
  assert.deepEqual(ids("nothing like it"), [[], []]);
});

Deno.test("canMerge() joins letters freely, chats of one person only, and nothing that is gone", () => {
  const stranger = sampleConversation("cnv_x", { contactId: "con_b" });
  const twin = sampleConversation("cnv_y", { contactId: "con_a" });

  assert.ok(canMerge(from, stranger, MAIL));
  assert.ok(!canMerge(from, stranger, CHAT));
  assert.ok(canMerge(from, twin, CHAT));
  assert.ok(!canMerge(from, { ...twin, channelId: "chn_else" }, CHAT));
  assert.ok(!canMerge(from, { ...twin, channelType: "else" }, MAIL));
  assert.ok(!canMerge(from, { ...twin, status: "trash" }, MAIL));
  assert.ok(!canMerge(from, { ...twin, mergedIntoId: "cnv_z" }, MAIL));
  assert.ok(!canMerge(from, from, MAIL));
});
