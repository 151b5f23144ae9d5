import assert from "node:assert/strict";
import { chat } from "./mod.ts";
import { ChatConfig } from "./config.ts";
import { Capabilities } from "../../core/channel/mod.ts";

Deno.test("ChatConfig fills in every field of an empty config", () => {
  const config = ChatConfig.parse({});

  assert.equal(config.identityMode, "optional");
  assert.deepEqual(config.allowedDomains, []);
  assert.equal(config.sessionsPerHour, 10);
});

Deno.test("ChatConfig takes host names and refuses anything else", () => {
  const accepted: readonly [string, string][] = [
    ["shop.example", "shop.example"],
    ["*.Shop.Example", "*.shop.example"],
    ["https://shop.example/cart", "shop.example"],
    ["localhost:3000", "localhost:3000"],
    ["xn--mnchen-3ya.de", "xn--mnchen-3ya.de"],
    ["[::1]:8080", "[::1]:8080"],
  ];
  for (const [given, kept] of accepted) {
    assert.deepEqual(ChatConfig.parse({ allowedDomains: [given] }).allowedDomains, [kept], given);
  }
  for (
    const given of ["", "*", "*.", "a b", "shop.example;", "'self'", "shop.example *", "-a.de"]
  ) {
    assert.equal(ChatConfig.safeParse({ allowedDomains: [given] }).success, false, given);
  }
});

Deno.test("ChatConfig refuses a short identity secret, and required identity without one", () => {
  const cases: readonly [object, boolean][] = [
    [{ identitySecret: "x".repeat(31) }, false],
    [{ identitySecret: "x".repeat(32) }, true],
    [{ identityMode: "required" }, false],
    [{ identityMode: "required", identitySecret: "x".repeat(32) }, true],
    [{ accentColor: "red" }, false],
    [{ accentColour: "#000000" }, false],
  ];
  for (const [config, isValid] of cases) {
    assert.equal(ChatConfig.safeParse(config).success, isValid, JSON.stringify(config));
  }
});

Deno.test("chat tells visitors nothing of its secret, limits or domains", () => {
  const secret = "s".repeat(40);
  const config = ChatConfig.parse({ identitySecret: secret, allowedDomains: ["shop.example"] });

  const told = JSON.stringify(chat.visitor?.publicConfig(config));

  assert.doesNotMatch(told, /ssss|shop\.example|PerHour/);
});

Deno.test("chat.capabilities survive JSON and fit their schema", () => {
  assert.deepEqual(
    Capabilities.parse(JSON.parse(JSON.stringify(chat.capabilities))),
    chat.capabilities,
  );
});
