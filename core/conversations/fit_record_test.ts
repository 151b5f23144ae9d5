import assert from "node:assert/strict";
import fc from "fast-check";
import type { EmailFields } from "../model/message.ts";
import { storedBytes } from "../store/mod.ts";
import {
  bytesOf,
  EMAIL_BYTES,
  FIELDS_BYTES,
  FILES_BYTES,
  fitEmail,
  fitFields,
  fitFiles,
  fitTrace,
  TRACE_BYTES,
} from "./fit_record.ts";

const text = (maxLength: number) =>
  fc.oneof(
    fc.string({ unit: "binary", maxLength }),
    fc.nat(maxLength).map((length) => "長".repeat(length)),
  );
const address = fc.record({ name: text(400), address: text(400) });
const addresses = fc.array(address, { maxLength: 100, size: "max" });
const email: fc.Arbitrary<EmailFields> = fc.record({
  from: fc.option(address),
  to: addresses,
  cc: addresses,
  bcc: addresses,
  replyTo: addresses,
  subject: text(2_000),
  messageId: text(998),
  inReplyTo: fc.option(text(2_000)),
  references: fc.array(text(998), { maxLength: 100, size: "max" }),
  senderVerified: fc.boolean(),
});
const NO_MAIL: EmailFields = {
  from: null,
  to: [],
  cc: [],
  bcc: [],
  replyTo: [],
  subject: "",
  messageId: "one@example.com",
  inReplyTo: null,
  references: [],
  senderVerified: false,
};

Deno.test("fitEmail() stays within its bytes whatever a sender writes, and says when it cut", () => {
  fc.assert(
    fc.property(email, (fields) => {
      const fitted = fitEmail(fields);

      assert(storedBytes(fitted.email) <= EMAIL_BYTES);
      assert.equal(fitted.isCut, storedBytes(fields) > EMAIL_BYTES);
      if (!fitted.isCut) assert.deepEqual(fitted.email, fields);
    }),
    { numRuns: 300 },
  );
});

Deno.test("fitEmail() leaves out copies before what a reply needs", () => {
  const people = Array.from({ length: 100 }, (_, i) => ({
    name: "長い名前".repeat(40),
    address: `person${i}@example.com`,
  }));
  const references = Array.from({ length: 30 }, (_, i) => `${i}@example.com`);

  const { email, isCut } = fitEmail({
    ...NO_MAIL,
    to: people,
    cc: people,
    replyTo: people.slice(0, 2),
    references,
  });

  assert.equal(isCut, true);
  assert.deepEqual(email.replyTo, people.slice(0, 2));
  assert.deepEqual(email.references, references);
  assert(email.to.length > 0 && email.to.length < 100);
  assert.deepEqual(email.cc, []);
});

Deno.test("fitFiles() keeps all while they fit, then shortens names, then counts", () => {
  const files = (count: number, name: string) =>
    Array.from({ length: count }, (_, i) => ({ name: `${name}${i}.jpg`, type: "image/jpeg" }));

  const few = files(100, "photo ");
  assert.deepEqual(fitFiles(few), few);
  const many = fitFiles(files(100, "長".repeat(170)));
  assert.equal(many.length, 100);
  assert(many.every(({ name }) => name.length <= 60 && name.endsWith(".jpg")));
  const type = `${"a".repeat(60)}/${"b".repeat(100)}`;
  const odd = files(100, "長".repeat(170)).map((file) => ({
    ...file,
    type,
    contentId: "c".repeat(240),
  }));
  const fitted = fitFiles(odd);
  assert(fitted.length > 30 && fitted.length < 100);
  assert(bytesOf(fitted) <= FILES_BYTES);
});

Deno.test("fitFiles() drops a Content-ID nobody could mean", () => {
  const [file] = fitFiles([{ name: "a.png", type: "image/png", contentId: "x".repeat(300) }]);

  assert.deepEqual(file, { name: "a.png", type: "image/png" });
});

Deno.test("fitTrace() stays within its bytes and keeps the first steps", () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ step: text(200), detail: text(2_000) }), { maxLength: 60, size: "max" }),
      (steps) => {
        const fitted = fitTrace(steps);

        assert(storedBytes(fitted) <= TRACE_BYTES + 10);
        assert(fitted.every(({ step }, i) => steps[i]!.step.startsWith(step)));
      },
    ),
    { numRuns: 50 },
  );
});

Deno.test("fitFields() keeps a form as it is while it fits, else cuts its longest values first", () => {
  const row = (name: string, value: string) => ({ name, label: name, value });
  const few = [row("a", "x".repeat(3_000)), row("b", "short")];
  const many = Array.from({ length: 200 }, (_, i) => row(`field ${i}`, "長".repeat(30_000)));

  assert.equal(fitFields(few), few);
  const cut = fitFields([row("a", "x".repeat(60_000)), row("b", "short")]);
  assert.deepEqual(cut.map(({ value }) => value.length), [2_000, 5]);
  assert(cut[0]?.value.endsWith("…"));
  const fitted = fitFields(many);
  assert(storedBytes(fitted) <= FIELDS_BYTES);
  assert(fitted.length >= 30, `${fitted.length} fields`);
});
