import assert from "node:assert/strict";
import { dropUnusedProperties } from "./drop_unused_properties.ts";

Deno.test("dropUnusedProperties() keeps what is read, also by what is read", () => {
  const cases: readonly [string, string][] = [
    [":root{--a:1px;--b:2px}p{top:var(--a)}", ":root{--a:1px;}p{top:var(--a)}"],
    [
      ":root{--a:var(--b);--b:2px;--c:var(--d);--d:1px}p{top:var(--a)}",
      ":root{--a:var(--b);--b:2px;}p{top:var(--a)}",
    ],
    [':root{--u:url("a;b}c");top:0}', ":root{top:0}"],
    ["p{top:var(--x,1px)}", "p{top:var(--x,1px)}"],
    ["p{color:red;--a:0}", "p{color:red;}"],
    [".a--b:hover{top:0}", ".a--b:hover{top:0}"],
  ];
  for (const [css, kept] of cases) assert.equal(dropUnusedProperties(css), kept, css);
});
