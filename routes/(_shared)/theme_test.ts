import assert from "node:assert/strict";
import { themeCookie, themeOf } from "./theme.ts";

function requestWith(cookie: string): Request {
  return new Request("http://localhost/", { headers: { cookie } });
}

Deno.test("themeOf() reads what themeCookie() set", () => {
  for (const theme of ["light", "dark"] as const) {
    const [pair] = themeCookie(theme).split(";");
    assert.equal(themeOf(requestWith(`a=b; ${pair}; c=d`)), theme);
  }
});

Deno.test("themeOf() follows the system without a cookie, or with one it does not know", () => {
  assert.equal(themeOf(new Request("http://localhost/")), null);
  assert.equal(themeOf(requestWith("parley_theme=pink")), null);
  assert.equal(themeOf(requestWith('parley_theme=dark"><script>')), null);
  assert.equal(themeOf(requestWith("x_parley_theme=dark")), null);
});

Deno.test("themeCookie() forgets the choice with null", () => {
  assert.match(themeCookie(null), /Max-Age=0/);
});
