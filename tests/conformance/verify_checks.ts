/** Who may deliver. */
import assert from "node:assert/strict";
import type { VerifyResult, WebhookRequest } from "../../core/channel/mod.ts";
import type { Check, Subject } from "./check.ts";
import { KIT_NOW, kitIo } from "./kit_io.ts";
import { requestOf } from "./webhook_delivery.ts";

/** A right proof made wrong; null where its form has no such thing. */
type Tamper = (proof: string) => string | null;

const TAMPERS: readonly (readonly [name: string, tamper: Tamper])[] = [
  ["an empty proof", () => ""],
  [
    "a proof with one character changed",
    (proof) => proof.slice(0, -1) + (proof.endsWith("0") ? "1" : "0"),
  ],
  ["a proof cut short", (proof) => proof.slice(0, -1)],
  ["a proof that goes on", (proof) => `${proof}0`],
  ["a proof of other signs", (proof) => proof.replace(/.{8}$/, "zz ü;=zz".slice(0, 8))],
  ["a proof that is only its first word", (proof) => /^.*[= ]/.exec(proof)?.[0] ?? null],
  [
    "a proof by another algorithm",
    (proof) => /^[a-z0-9]+[= ]/i.test(proof) ? proof.replace(/^[a-z0-9]+/i, "none") : null,
  ],
  ["a proof of 100,000 characters", () => "a".repeat(100_000)],
];

export const verifyChecks: readonly Check[] = [
  {
    name: "verify: takes what the provider sends",
    async run(subject) {
      for (const { name, body } of webhookOf(subject).deliveries) {
        const result = await verify(subject, await requestOf(webhookOf(subject), body));
        assert.ok(result.ok, `${name} is refused`);
      }
    },
  },
  {
    name: "verify: refuses a delivery without proof",
    run: (subject) => refuses(subject, ({ headers }) => headers.delete(webhookOf(subject).proof)),
  },
  ...TAMPERS.map(([name, tamper]): Check => ({
    name: `verify: refuses ${name}`,
    run: (subject) =>
      refuses(subject, ({ headers }) => {
        const { proof } = webhookOf(subject);
        const wrong = tamper(headers.get(proof) ?? "");
        if (wrong === null) headers.delete(proof);
        else headers.set(proof, latin(wrong));
      }),
  })),
  {
    name: "verify: refuses a body with one byte changed",
    async run(subject) {
      const { body } = await firstRequest(subject);
      for (const at of [0, body.length >> 1, body.length - 1]) {
        await refuses(subject, (request) => {
          request.body[at] = (request.body[at] ?? 0) ^ 1;
        });
      }
    },
  },
];

/** For proofs that hold a time. */
export const expiryChecks: readonly Check[] = [
  {
    name: "verify: refuses a proof that is too old",
    async run(subject) {
      const { proofGoodForMs = 0, deliveries } = webhookOf(subject);
      const at = KIT_NOW - proofGoodForMs - 1_000;
      const old = await requestOf(webhookOf(subject), deliveries[0]?.body ?? "", at);
      assert.equal((await verify(subject, old)).ok, false, "it is taken");
    },
  },
];

/** @throws unless the first delivery is refused once it is changed, without a throw */
async function refuses(subject: Subject, change: (request: WebhookRequest) => void) {
  const request = await firstRequest(subject);
  change(request);
  const result = await verify(subject, request);
  assert.equal(result.ok, false, "it is taken");
}

async function firstRequest(subject: Subject): Promise<WebhookRequest> {
  return await requestOf(webhookOf(subject), webhookOf(subject).deliveries[0]?.body ?? "");
}

async function verify(subject: Subject, request: WebhookRequest): Promise<VerifyResult> {
  const { webhook } = subject.adapter;
  assert.ok(webhook);
  return await webhook.verify(request, subject.channel, kitIo(subject).io);
}

function webhookOf({ fixture }: Subject) {
  assert.ok(fixture.webhook, "the fixture says nothing of the webhook");
  return fixture.webhook;
}

/** Headers hold bytes. */
function latin(text: string): string {
  return text.replace(/[^\x20-\xff]/g, "?");
}
