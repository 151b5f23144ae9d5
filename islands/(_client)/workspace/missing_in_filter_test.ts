import assert from "node:assert/strict";
import { missingInFilter } from "./missing_in_filter.ts";

const NOTHING = { channels: [], inboxes: [], people: [], teams: [], traits: {} };

Deno.test("missingInFilter() names each kind of what is gone once, and nothing that is a name or a word", () => {
  const missing = missingInFilter({
    all: [
      { field: "channel", is: "any", value: ["chn_1"] },
      { field: "tag", is: "any", value: ["gone"] },
      { field: "status", is: "any", value: ["open"] },
      { field: "assignee", is: "any", value: ["me", "nobody"] },
      {
        any: [
          { field: "channel", is: "none", value: ["chn_2"] },
          { field: "team", is: "any", value: ["tem_1", "nobody"] },
          { field: "subject", is: "contains", value: "x" },
        ],
      },
    ],
  }, NOTHING);

  assert.deepEqual(missing, ["channel", "team"]);
});
