import assert from "node:assert/strict";
import { localPath } from "./local_path.ts";

const foreign = [
  null,
  "",
  "inbox",
  "//evil.example",
  "/\\evil.example",
  "/a\\b",
  "\\/evil.example",
  "https://evil.example/",
  "javascript:alert(1)",
  "/\t/evil.example",
  "/ /evil.example",
  " /inbox",
];

for (const path of foreign) {
  Deno.test(`localPath() does not go to ${JSON.stringify(path)}`, () => {
    assert.equal(localPath(path, "/"), "/");
  });
}

Deno.test("localPath() goes to paths of this site", () => {
  assert.equal(localPath("/inbox/all/open?x=1#y", "/"), "/inbox/all/open?x=1#y");
  assert.equal(localPath("/", "/inbox"), "/");
});
