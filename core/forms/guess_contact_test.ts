import assert from "node:assert/strict";
import type { FormFields } from "../model/form.ts";
import { guessContact, isPhone } from "./guess_contact.ts";

const FIELDS: FormFields = [
  { name: "who", type: "text", label: "Your name", required: true },
  { name: "reach", type: "email", label: "Where do we answer?", required: true },
  { name: "what", type: "textarea", label: "What happened?", required: false },
];
const entries = (values: Readonly<Record<string, string>>) =>
  Object.entries(values).map(([name, value]) => ({ name, value }));

Deno.test("guessContact() goes by the settings' types before any name", () => {
  const guessed = guessContact(
    FIELDS,
    entries({
      email: "other@posta.example",
      reach: " Ana@Posta.Example ",
      what: "It broke",
      message: "Something else",
    }),
  );

  assert.equal(guessed.email, "ana@posta.example");
  assert.equal(guessed.text, "It broke");
});

Deno.test("guessContact() knows what sites call their fields, in six languages", () => {
  for (
    const [email, name, text] of [
      ["email", "name", "message"],
      ["your-email", "your-name", "your-message"],
      ["E-Mail-Adresse", "Ihr Name", "Nachricht"],
      ["courriel", "nom complet", "commentaires"],
      ["correo electrónico", "nombre", "mensaje"],
      ["e-mailadres", "Volledige naam", "bericht"],
      ["_replyto", "fullName", "comments"],
      ["EMAIL", "Nome completo", "mensagem"],
    ] as const
  ) {
    const guessed = guessContact(
      [],
      entries({
        [name]: "Ana Souza",
        [email]: "ana@posta.example",
        [text]: "A crack in the frame, beside the bottom bracket, three cm",
      }),
    );

    assert.equal(guessed.email, "ana@posta.example", email);
    assert.match(guessed.text, /^A crack/, text);
    assert.ok(["Ana Souza", ""].includes(guessed.name), name);
  }
});

Deno.test("guessContact() puts first and last names together, and finds an address in any field", () => {
  const guessed = guessContact(
    [],
    entries({
      Vorname: "Ana",
      Nachname: "Souza",
      contact_field_7: "ana@posta.example",
      tel: "+31 20 123 45 67",
      Betreff: "Order\r\n12",
    }),
  );

  assert.deepEqual(guessed, {
    email: "ana@posta.example",
    name: "Ana Souza",
    phone: "+31 20 123 45 67",
    subject: "Order 12",
    text: "",
  });
});

Deno.test("guessContact() says nothing of who says nothing", () => {
  const nobody = { email: null, phone: null, name: "", subject: "", text: "" };

  assert.deepEqual(guessContact(FIELDS, []), nobody);
  assert.deepEqual(guessContact(FIELDS, entries({ reach: "ana@", what: "  " })), nobody);
  assert.deepEqual(guessContact([], entries({ phone: "none", constructor: "x" })), nobody);
});

Deno.test("isPhone() takes numbers as people write them", () => {
  for (const text of ["+31 20 123 45 67", "(020) 123-4567", "0151/1234567", "12345"]) {
    assert.equal(isPhone(text), true, text);
  }
  for (const text of ["", "1234", "no phone", "+31 abc 12345", "1".repeat(16)]) {
    assert.equal(isPhone(text), false, text);
  }
});
