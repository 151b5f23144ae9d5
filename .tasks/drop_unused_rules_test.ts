import assert from "node:assert/strict";
import { dropUnusedRules } from "./drop_unused_rules.ts";

const drop = (css: string) => dropUnusedRules(css, 'class:"pw-a on",b:"pw-b",c:"pw-b-c"', "pw-");

Deno.test("dropUnusedRules() keeps what can match, and takes out what cannot", () => {
  const table: [css: string, left: string][] = [
    [".pw-a{x:1}.pw-z{x:2}", ".pw-a{x:1}"],
    [".pw-a .pw-z{x:1}.pw-a .on{x:2}", ".pw-a .on{x:2}"],
    [".pw-z,.pw-a,.pw-y{x:1}", ".pw-a{x:1}"],
    [".pw-bc{x:1}.pw-b-c{x:2}.pw-b{x:3}", ".pw-b-c{x:2}.pw-b{x:3}"],
    [".pw-a:not(.pw-z){x:1}", ".pw-a:not(.pw-z){x:1}"],
    [":is(.pw-a,.pw-z:not(.pw-y)) b{x:1}", ":is(.pw-a,.pw-z:not(.pw-y)) b{x:1}"],
    [".pw-a{x:1;&:hover{y:2}.pw-z &{z:3}}", ".pw-a{x:1;&:hover{y:2}.pw-z &{z:3}}"],
    ["button,.is-dark .x{x:1}", "button,.is-dark .x{x:1}"],
  ];

  for (const [css, left] of table) assert.equal(drop(css), left);
});

Deno.test("dropUnusedRules() looks into groups, and leaves animations and statements alone", () => {
  assert.equal(
    drop(
      "@layer a,b;@layer a{.pw-z{x:1}}@media (width<9px){.pw-z{x:1}.pw-a{x:2}}@keyframes pw-z{from{x:1}}",
    ),
    "@layer a,b;@media (width<9px){.pw-a{x:2}}@keyframes pw-z{from{x:1}}",
  );
});

Deno.test("dropUnusedRules() is not misled by signs in texts", () => {
  const css = `.pw-a::after{content:"}.pw-z{"}.pw-a[x="a,b{"]{x:1}`;

  assert.equal(drop(css), css);
});
