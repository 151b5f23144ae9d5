import assert from "node:assert/strict";
import { filterWords } from "./filter_words.ts";

Deno.test("filterWords() says a filter in one line, groups in brackets", () => {
  const words = filterWords({
    all: [
      { field: "tag", is: "none", value: ["vip", "new"] },
      { field: "waitingSince", is: "over", value: { amount: 24, unit: "hours" } },
      {
        any: [
          { field: "unread", is: "equal", value: false },
          { field: "subject", is: "contains", value: "Order" },
        ],
      },
    ],
  }, (_field, value) => value.toUpperCase());

  assert.equal(
    words,
    "Tag is not VIP or NEW and Waiting for more than 24 hours and (not unread or Subject contains “Order”)",
  );
});
