import assert from "node:assert/strict";
import { fixture } from "../../adapters/practice/conformance.ts";
import { practice } from "../../adapters/practice/mod.ts";
import { type AnyAdapter, ok, type PollPage, type PollPort } from "../../core/channel/mod.ts";
import { runConformance } from "./mod.ts";

const port: PollPort<unknown> = (practice as AnyAdapter).poll ?? (() => {
  throw new Error("Practice is not polled");
})();

/** Practice, whose pages are changed. @param calls how often this session was polled before */
function withPages(change: (page: PollPage, calls: number) => PollPage): AnyAdapter {
  return {
    ...practice,
    poll: {
      ...port,
      async open(channel, io) {
        const opened = await port.open(channel, io);
        if (!opened.ok) return opened;
        let calls = 0;
        return ok({
          ...opened.value,
          async poll(cursor, ask) {
            const page = await opened.value.poll(cursor, ask);
            return page.ok ? ok(change(page.value, calls++)) : page;
          },
        });
      },
    },
  };
}

const BROKEN: readonly (readonly [name: string, adapter: AnyAdapter, noticedBy: RegExp])[] = [
  [
    "a cursor passes what was not given",
    withPages((page) => ({ ...page, deliveries: page.deliveries.slice(0, 2) })),
    /gives what follows it/,
  ],
  [
    "every delivery has the page's cursor",
    withPages((page) => ({
      ...page,
      deliveries: page.deliveries.map((one) => ({ ...one, cursor: page.cursor })),
    })),
    /gives what follows it/,
  ],
  [
    "an empty page moves on",
    withPages((page, calls) => ({ ...page, cursor: page.cursor.replace("}", `,"n":${calls}}`) })),
    /an empty page moves nothing|the same cursor/,
  ],
  [
    "the same cursor gives less the second time",
    withPages((page, calls) => calls % 2 === 0 ? page : { ...page, deliveries: [] }),
    /the same cursor gives the same/,
  ],
  [
    "what it gives it cannot read",
    { ...practice, poll: { ...port, parse: () => Promise.resolve([]) } },
    /all of it can be read/,
  ],
];

for (const [name, adapter, noticedBy] of BROKEN) {
  Deno.test(`the kit notices when ${name}`, async () => {
    const outcomes = await runConformance(adapter, fixture, (check) => noticedBy.test(check));

    assert.ok(outcomes.some(({ problem }) => problem !== null), JSON.stringify(outcomes));
  });
}

Deno.test("the kit wants to know of polling where there is some", async () => {
  const { poll: _, ...silent } = fixture;
  const outcomes = await runConformance(practice, silent, (check) => check.startsWith("poll: "));

  assert.ok(outcomes.length > 0);
  assert.ok(outcomes.every(({ problem }) => problem?.includes("says nothing of polling")));
});
