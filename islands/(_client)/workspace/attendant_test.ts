import assert from "node:assert/strict";
import { fakeTime } from "../../../tests/fakes/ports.ts";
import { ok } from "../../../core/result.ts";
import { Attendant, IDLE_BEAT_MS, QUIET_MS, VIEWING_BEAT_MS } from "./attendant.ts";

Deno.test("Attendant says where it is, again and again, and that it left", () => {
  const { attendant, said, clock } = open();
  attendant.go("cnv_1");
  attendant.go("cnv_1");
  clock.advance(VIEWING_BEAT_MS);
  attendant.go("cnv_2");
  attendant.go(null);
  clock.advance(VIEWING_BEAT_MS);

  assert.deepEqual(said, [
    "cnv_1 viewing",
    "cnv_1 viewing",
    "cnv_1 left",
    "cnv_2 viewing",
    "cnv_2 left",
  ]);
});

Deno.test("Attendant is idle while it is hidden or nobody touches anything", () => {
  const { attendant, said, clock } = open();
  attendant.go("cnv_1");
  attendant.setHidden(true);
  attendant.setHidden(true);
  clock.advance(IDLE_BEAT_MS);
  attendant.setHidden(false);
  assert.deepEqual(said.splice(0), [
    "cnv_1 viewing",
    "cnv_1 idle",
    "cnv_1 idle",
    "cnv_1 viewing",
  ]);

  clock.advance(QUIET_MS);
  assert.equal(said.splice(0).at(-1), "cnv_1 idle");
  attendant.touch();
  attendant.touch();
  assert.deepEqual(said, ["cnv_1 viewing"]);
});

Deno.test("Attendant says that it types every three seconds at most", () => {
  const { attendant, said, clock } = open();
  attendant.type();
  attendant.go("cnv_1");
  for (let n = 0; n < 40; n++) {
    attendant.type();
    clock.advance(100);
  }

  assert.deepEqual(said, ["cnv_1 viewing", "cnv_1 typing", "cnv_1 typing"]);
});

Deno.test("Attendant is silent once the page went, until it is back", () => {
  const { attendant, said, clock } = open();
  attendant.go("cnv_1");
  attendant.leave();
  attendant.setHidden(true);
  clock.advance(IDLE_BEAT_MS);
  attendant.setHidden(false);
  attendant.again();

  assert.deepEqual(said, ["cnv_1 viewing", "cnv_1 left", "cnv_1 viewing"]);
});

Deno.test("Attendant hands on who else is there, but not of a place it has left", async () => {
  const { attendant, heard } = open();
  attendant.go("cnv_1");
  attendant.go("cnv_2");
  await Promise.resolve();
  await Promise.resolve();

  assert.deepEqual(heard, ["cnv_2"]);
});

function open() {
  const { clock, alarm } = fakeTime(0);
  const said: string[] = [];
  const heard: string[] = [];
  const attendant = new Attendant({
    api: {
      sayPresence(conversationId, state, tab) {
        assert.equal(tab, "tab-0001");
        said.push(`${conversationId} ${state}`);
        return Promise.resolve(ok({ conversationId, people: [] }));
      },
    },
    tab: "tab-0001",
    onPeople: ({ conversationId }) => void heard.push(conversationId),
    now: () => clock.now(),
    after: (ms, run) => alarm(clock.now() + ms, run),
  });
  return { attendant, said, heard, clock };
}
