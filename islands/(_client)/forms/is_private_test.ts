import assert from "node:assert/strict";
import { holdsCard, isPrivate, isPrivateForm } from "./is_private.ts";

const PLAIN = { type: "text", name: "", id: "", label: "", autocomplete: "" };

Deno.test("isPrivate() knows passwords, cards and tokens by type, name, label and autocomplete", () => {
  for (
    const traits of [
      { type: "password" },
      { name: "csrf_token" },
      { name: "cardNumber" },
      { name: "g-recaptcha-response" },
      { name: "user[passwd]" },
      { id: "cvv2-cvv" },
      { label: "Mot de passe" },
      { label: "Contraseña" },
      { label: "PIN" },
      { autocomplete: "section-a cc-number" },
      { autocomplete: "one-time-code" },
    ]
  ) assert.equal(isPrivate({ ...PLAIN, ...traits }), true, JSON.stringify(traits));
});

Deno.test("isPrivate() lets what people write to a shop through", () => {
  for (
    const name of [
      "your-name",
      "email",
      "phone",
      "message",
      "shipping",
      "passenger_name",
      "order_number",
      "gift_card",
      "company",
      "opinion",
      "authors",
      "compass",
    ]
  ) assert.equal(isPrivate({ ...PLAIN, name }), false, name);
});

Deno.test("isPrivateForm() is one with a password or a card, not one with a token", () => {
  assert.equal(isPrivateForm([PLAIN, { ...PLAIN, type: "password" }]), true);
  assert.equal(isPrivateForm([{ ...PLAIN, autocomplete: "cc-exp" }]), true);
  assert.equal(isPrivateForm([PLAIN, { ...PLAIN, type: "hidden", name: "csrf_token" }]), false);
});

Deno.test("holdsCard() knows card numbers by their check digit", () => {
  assert.equal(holdsCard("4242 4242 4242 4242"), true);
  assert.equal(holdsCard("my card is 5555-5555-5555-4444, thanks"), true);
  assert.equal(holdsCard("378282246310005"), true);
  assert.equal(holdsCard("4242 4242 4242 4241"), false);
  assert.equal(holdsCard("+31 20 123 45 67"), false);
  assert.equal(holdsCard("Order 2026-11-22 of 12 pieces"), false);
});
