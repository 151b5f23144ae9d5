import assert from "node:assert/strict";
import type { Principal } from "@/core/mod.ts";
import {
  endedSessionCookie,
  principalOf,
  readBearer,
  readSessionToken,
  sessionCookie,
} from "./session.ts";

const LOCAL = { url: null };
const TLS = { url: "https://inbox.example" };
const PERSON: Principal = { type: "token", id: "by cookie", name: "", role: "agent" };
const TOKEN: Principal = { type: "token", id: "by bearer", name: "", role: "agent" };
const access = {
  principalOfSession: (token: string) => Promise.resolve(token === "session" ? PERSON : null),
  principalOfToken: (token: string) => Promise.resolve(token === "par_1" ? TOKEN : null),
};

Deno.test("sessionCookie() is HttpOnly and Lax; over TLS bound to this host", () => {
  assert.equal(
    sessionCookie("abc", LOCAL),
    "parley_session=abc; Path=/; HttpOnly; SameSite=Lax; Max-Age=34560000",
  );
  assert.equal(
    sessionCookie("abc", TLS),
    "__Host-parley_session=abc; Path=/; HttpOnly; SameSite=Lax; Max-Age=34560000; Secure",
  );
  assert.match(endedSessionCookie(TLS), /^__Host-parley_session=; .*Max-Age=0; Secure$/);
});

for (
  const [cookie, config, token] of [
    ["parley_session=abc", LOCAL, "abc"],
    ["a=1; parley_session=abc; b=2", LOCAL, "abc"],
    ["a=1;parley_session=abc", LOCAL, "abc"],
    ["xparley_session=abc", LOCAL, null],
    ["parley_session=", LOCAL, null],
    ["", LOCAL, null],
    // A sibling domain can set the plain name, never the prefixed one.
    ["parley_session=evil; __Host-parley_session=abc", TLS, "abc"],
    ["parley_session=evil", TLS, null],
  ] as const
) {
  Deno.test(`readSessionToken() finds ${token} in ${JSON.stringify(cookie)}`, () => {
    assert.equal(readSessionToken(new Headers({ cookie }), config), token);
  });
}

for (
  const [header, token] of [
    ["Bearer par_1", "par_1"],
    ["bearer  par_1 ", "par_1"],
    ["Basic YTpi", ""],
    ["Bearer", ""],
    ["Bearer a b", ""],
    ["", ""],
  ] as const
) {
  Deno.test(`readBearer() reads ${JSON.stringify(header)} as ${JSON.stringify(token)}`, () => {
    assert.equal(readBearer(new Headers({ authorization: header })), token);
  });
}

Deno.test("principalOf() goes by the bearer token alone when there is one", async () => {
  const cookie = "parley_session=session";
  const who = (headers: HeadersInit) => principalOf(new Headers(headers), access, LOCAL);

  assert.equal(await who({}), null);
  assert.equal(await who({ cookie }), PERSON);
  assert.equal(await who({ cookie: "parley_session=old" }), null);
  assert.equal(await who({ authorization: "Bearer par_1" }), TOKEN);
  assert.equal(await who({ cookie, authorization: "Bearer par_1" }), TOKEN);
  assert.equal(await who({ cookie, authorization: "Bearer wrong" }), null);
  assert.equal(await who({ cookie, authorization: "Basic YTpi" }), null);
});
