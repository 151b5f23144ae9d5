import assert from "node:assert/strict";
import { fakePorts } from "../../tests/fakes/ports.ts";
import { createPresence, TYPING_MS, type TypingSign } from "./presence.ts";

const ada = { type: "user", id: "usr_1", name: "Ada" } as const;
const typing: TypingSign = { conversationId: "cnv_1", who: ada, isTyping: true };

function listen() {
  const ports = fakePorts();
  const presence = createPresence(ports);
  const heard: string[] = [];
  presence.onTyping(({ who, isTyping }) => void heard.push(`${who.name} ${isTyping}`));
  return { ports, presence, heard };
}

Deno.test("setTyping() tells listeners of changes, and of going on every 2 s only", () => {
  const { ports, presence, heard } = listen();

  for (let ms = 0; ms < 3_000; ms += 500) {
    presence.setTyping(typing);
    ports.clock.advance(500);
  }
  assert.deepEqual(heard, ["Ada true", "Ada true"]);
  presence.setTyping({ ...typing, isTyping: false });
  presence.setTyping({ ...typing, isTyping: false });

  assert.deepEqual(heard, ["Ada true", "Ada true", "Ada false"]);
  presence.stop();
});

Deno.test("setTyping() runs out when it is not repeated", () => {
  const { ports, presence, heard } = listen();
  presence.setTyping(typing);
  ports.clock.advance(1_000);
  presence.setTyping({ ...typing, who: { ...ada, id: "usr_2", name: "Bo" } });

  ports.clock.advance(TYPING_MS - 1_000);
  assert.deepEqual(presence.typists("cnv_1").map(({ name }) => name), ["Bo"]);
  ports.clock.advance(1_000);

  assert.deepEqual(heard, ["Ada true", "Bo true", "Ada false", "Bo false"]);
  assert.equal(ports.clock.nextAlarmAt, null);
});

Deno.test("typists() names who types in one conversation", () => {
  const { presence } = listen();
  presence.setTyping(typing);
  presence.setTyping({ ...typing, conversationId: "cnv_2" });

  assert.deepEqual(presence.typists("cnv_1"), [ada]);
  assert.deepEqual(presence.typists("cnv_3"), []);
  presence.stop();
});

Deno.test("setTyping() keeps bounded memory", () => {
  const { presence, heard } = listen();
  for (let n = 0; n < 20_010; n++) presence.setTyping({ ...typing, conversationId: `cnv_${n}` });

  assert.equal(heard.length, 20_000);
  presence.stop();
});
