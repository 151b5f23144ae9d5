import assert from "node:assert/strict";
import { cacheRule } from "./cache_rule.ts";

function ruleOf(path: string, method = "GET", mode = "navigate") {
  return cacheRule({ url: `https://parley.example${path}`, method, mode });
}

Deno.test("cacheRule() keeps what never changes, and pages only ask", () => {
  assert.equal(ruleOf("/assets/client-BJK2Umvv.js", "GET", "cors"), "immutable");
  assert.equal(ruleOf("/icons.svg", "GET", "cors"), "known");
  for (const path of ["/", "/inbox/all/open", "/search?q=fork", "/settings", "/settings/users"]) {
    assert.equal(ruleOf(path), "page", path);
  }
});

Deno.test("cacheRule() leaves strangers' pages, answers, streams and writing alone", () => {
  for (
    const path of [
      "/widget.js",
      "/widget/chn_1",
      "/forms/chn_1",
      "/visitor/v1/chn_1/events",
      "/hooks/chn_1",
      "/oauth/callback",
      "/api/v1/events",
      "/sign-in",
      "/inboxes",
    ]
  ) assert.equal(ruleOf(path), "network", path);
  assert.equal(ruleOf("/inbox/all/open", "POST"), "network");
  assert.equal(ruleOf("/inbox/all/open", "GET", "cors"), "network");
});
