/** Deliveries through a whole inbox. */
import assert from "node:assert/strict";
import type { Check, Subject } from "./check.ts";
import { openSubjectInbox } from "./subject_inbox.ts";

export const wholeChecks: readonly Check[] = [
  {
    name: "whole: deliveries that come twice and in any order leave the same",
    async run(subject) {
      const bodies = subject.fixture.webhook?.deliveries.map(({ body }) => body) ?? [];
      const once = await stateAfter(subject, bodies);
      assert.ok(once.length > 0, "nothing of the deliveries is stored");
      const twice = bodies.flatMap((body) => [body, `${body} `, body]);
      assert.deepEqual(await stateAfter(subject, twice), once, "twice");
      assert.deepEqual(await stateAfter(subject, bodies.toReversed()), once, "from the last");
      const turned = [...bodies.slice(1), ...bodies, ...bodies.slice(0, 1)];
      assert.deepEqual(await stateAfter(subject, turned), once, "out of order");
    },
  },
];

async function stateAfter(subject: Subject, bodies: readonly string[]): Promise<readonly string[]> {
  await using world = await openSubjectInbox(subject);
  for (const body of bodies) await world.take(body);
  return await world.seen();
}
