import assert from "node:assert/strict";
import { appSecretProof, deliveryJson, signDelivery } from "./sign_delivery.ts";

const SECRET = "meta_app_secret_for_tests";
const DELIVERY = {
  object: "page",
  entry: [{
    id: "100",
    time: 1772998024000,
    messaging: [{
      sender: { id: "200" },
      recipient: { id: "100" },
      timestamp: 1772998024000,
      message: { mid: "m_1", text: "äöå" },
    }],
  }],
};

Deno.test("signDelivery() signs the escaped bytes, as Meta's own example does", () => {
  const body = deliveryJson(DELIVERY);

  assert.equal(body.length, 202);
  assert.ok(body.includes("\\u00e4\\u00f6\\u00e5"));
  assert.equal(
    signDelivery(SECRET, body),
    "sha256=92b5f9fbabec9d141b980359f84136cbefcf17a0651c07b319613f8dd31b8c50",
  );
  assert.match(signDelivery(SECRET, JSON.stringify(DELIVERY)), /^sha256=07cdba41.*540197e$/);
});

Deno.test("deliveryJson() stays the same JSON", () => {
  const value = { text: "👋🏽 https://veloce.example/räder „quoted“ \u2028", mid: "m_/+=" };

  const json = deliveryJson(value);

  assert.match(json, /^[\x20-\x7e]*$/);
  assert.deepEqual(JSON.parse(json), value);
});

Deno.test("appSecretProof() is the documented one", () => {
  assert.equal(
    appSecretProof(SECRET, "EAATESTTOKEN"),
    "e98e4f34982c02088bd5279b7f148d1a6d26cc631e388bd705241acd0701e53b",
  );
});
