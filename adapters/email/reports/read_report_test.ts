import assert from "node:assert/strict";
import fc from "fast-check";
import type { MessageEvent } from "../../../core/channel/mod.ts";
import { fakeIo, lines, messageOf, notesOf } from "../fake_channel.ts";
import { ownMessageId } from "../message_id.ts";

const OUTBOX = { outboxId: "msg_0001abcd", conversationId: "cnv_0001efgh", index: 0 };
const OWN_ID = await ownMessageId(OUTBOX, "veloce.example", fakeIo());

/** A delivery status notification as Postfix writes it, with one group of fields per recipient. */
function notification(groups: readonly (readonly string[])[], original = `<${OWN_ID}>`): string {
  return lines(
    "Return-Path: <>",
    "From: MAILER-DAEMON@mx.posta.example (Mail Delivery System)",
    "To: support@veloce.example",
    "Subject: Undelivered Mail Returned to Sender",
    "Auto-Submitted: auto-replied",
    "MIME-Version: 1.0",
    'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
    "Message-ID: <dsn1@mx.posta.example>",
    "",
    "--b",
    "Content-Type: text/plain",
    "",
    "This is the mail system. Your mail could not be delivered.",
    "--b",
    "Content-Type: message/delivery-status",
    "",
    "Reporting-MTA: dns; mx.posta.example",
    "Arrival-Date: Mon, 2 Mar 2026 10:00:00 +0000",
    "",
    ...groups.flatMap((group) => [...group, ""]),
    "--b",
    "Content-Type: message/rfc822",
    "",
    "From: support@veloce.example",
    `Message-ID: ${original}`,
    "Subject: Re: The bike",
    "",
    "We look at it.",
    "--b--",
    "",
  );
}

const UNKNOWN = [
  "Final-Recipient: rfc822; Giulia@posta.example",
  "Original-Recipient: rfc822;giulia@posta.example",
  "Action: failed",
  "Status: 5.1.1",
  "Diagnostic-Code: smtp; 550 5.1.1 <giulia@posta.example>: User unknown",
];

function bounce(...body: string[]): string {
  return lines("From: MAILER-DAEMON@posta.example", "Return-Path: <>", ...body);
}

Deno.test("readReport() reads who a delivery status notification says did not get which mail", async () => {
  const event = await messageOf(notification([UNKNOWN]));

  assert.deepEqual(event.report, {
    targets: [
      { by: "outbox", outboxId: "msg_0001abcd" },
      { by: "external", messageExternalId: OWN_ID },
    ],
    recipients: [{
      address: "giulia@posta.example",
      outcome: "failed",
      isAddressBad: true,
      error: {
        code: "recipient_unreachable",
        message: "This address does not exist or takes no mail.",
        provider: "5.1.1 550 5.1.1 <giulia@posta.example>: User unknown",
      },
    }],
  });
  assert.equal(event.automatic, true);
  assert.ok(notesOf(event).includes("bounce"));
  assert.ok(event.hints.some((hint) => hint.by === "conversation"));
});

const STATUSES: readonly [fields: string[], code: string, outcome: string, isBad: boolean][] = [
  [["Action: failed", "Status: 5.2.2"], "recipient_unreachable", "failed", false],
  [["Action: failed", "Status: 5.3.4"], "too_large", "failed", false],
  [["Action: failed", "Status: 5.7.26"], "policy_blocked", "failed", false],
  [["Action: failed", "Status: 5.4.4"], "recipient_unreachable", "failed", true],
  [["Action: failed", "Status: 4.4.7"], "unavailable", "failed", false],
  [["Action: failed", "Status: 5.0.0"], "rejected", "failed", false],
  [
    ["Action: failed", "Status: 5.0.0", "Diagnostic-Code: smtp; 550 No such user here"],
    "recipient_unreachable",
    "failed",
    true,
  ],
  [
    ["Action: failed", "Status: 5.0.0", "Diagnostic-Code: smtp; 550-5.1.1 gone"],
    "recipient_unreachable",
    "failed",
    true,
  ],
  [["Action: delayed", "Status: 4.4.1"], "unavailable", "delayed", false],
  [["Status: 4.2.0"], "unavailable", "delayed", false],
  [["Status: 5.1.1"], "recipient_unreachable", "failed", true],
];
for (const [fields, code, outcome, isBad] of STATUSES) {
  Deno.test(`readReport() takes "${fields.join(", ")}" for ${outcome}, ${code}`, async () => {
    const group = ["Final-Recipient: rfc822; a@posta.example", ...fields];
    const event = await messageOf(notification([group]));

    const [recipient] = event.report?.recipients ?? [];
    assert.equal(recipient?.error.code, code);
    assert.equal(recipient?.outcome, outcome);
    assert.equal(recipient?.isAddressBad, isBad);
  });
}

Deno.test("readReport() keeps recipients apart and leaves out those the mail reached", async () => {
  const event = await messageOf(notification([
    ["Final-Recipient: rfc822; a@x.example", "Action: delivered", "Status: 2.0.0"],
    ["Final-Recipient: rfc822; b@x.example", "Action: failed", "Status: 5.1.1"],
    ["Final-Recipient: rfc822; c@x.example", "Action: delayed", "Status: 4.4.1"],
  ]));

  assert.deepEqual(
    event.report?.recipients.map(({ address, outcome }) => `${address} ${outcome}`),
    ["b@x.example failed", "c@x.example delayed"],
  );
});

Deno.test("readReport() makes nothing of a notification that all is well, or that names no mail", async () => {
  const fine = ["Final-Recipient: rfc822; a@x.example", "Action: delivered", "Status: 2.0.0"];
  assert.equal((await messageOf(notification([fine]))).report, undefined);
  assert.equal((await messageOf(notification([UNKNOWN], ""))).report, undefined);
});

Deno.test("readReport() finds a mail of foreign id, and trusts ids of our grammar only when signed", async () => {
  const foreign = await messageOf(notification([UNKNOWN], "<0100@eu.amazonses.example>"));
  assert.deepEqual(foreign.report?.targets, [
    { by: "external", messageExternalId: "0100@eu.amazonses.example" },
  ]);

  const forged = OWN_ID.replace(/\.[a-z2-7]{16}@/, ".aaaaaaaaaaaaaaaa@");
  const event = await messageOf(bounce(
    "Subject: failure notice",
    "Message-ID: <q1@posta.example>",
    "",
    "Hi. This is the qmail-send program at posta.example.",
    "<giulia@posta.example>: 550 User unknown",
    "--- Below this line is a copy of the message.",
    `Message-ID: <${forged}>`,
  ));
  assert.equal(event.report, undefined);
});

const LOOSE: readonly [
  name: string,
  mail: string,
  address: string | null,
  isBad: boolean,
  outcome: string,
][] = [
  [
    "qmail",
    bounce(
      "Subject: failure notice",
      "",
      "Hi. This is the qmail-send program at posta.example.",
      "I'm afraid I wasn't able to deliver your message to the following addresses.",
      "",
      "<giulia@posta.example>:",
      "Sorry, no mailbox here by that name. (#5.1.1)",
      "",
      "--- Below this line is a copy of the message.",
      "",
      `Message-ID: <${OWN_ID}>`,
    ),
    null,
    true,
    "failed",
  ],
  [
    "Exim",
    bounce(
      "X-Failed-Recipients: giulia@posta.example",
      "Subject: Mail delivery failed: returning message to sender",
      "",
      "This message was created automatically by mail delivery software.",
      "  giulia@posta.example",
      "    SMTP error: 552 5.2.2 mailbox full",
      "------ This is a copy of the message, including all the headers. ------",
      `Message-ID: <${OWN_ID}>`,
    ),
    "giulia@posta.example",
    false,
    "failed",
  ],
  [
    "Exchange",
    lines(
      "From: postmaster@posta.example",
      "Subject: Undeliverable: Re: The bike",
      `In-Reply-To: <${OWN_ID}>`,
      "",
      "Delivery has failed to these recipients or groups:",
      "giulia@posta.example",
      "Remote Server returned '550 5.1.10 RESOLVER.ADR.RecipientNotFound'",
    ),
    null,
    true,
    "failed",
  ],
  [
    "a warning of Exim",
    bounce(
      "Subject: Warning: message 1abc delayed 24 hours",
      "",
      "This message was created automatically by mail delivery software.",
      "A message that you sent has not yet been delivered. No action is required: delivery will be retried.",
      `Message-ID: <${OWN_ID}>`,
    ),
    null,
    false,
    "delayed",
  ],
];
for (const [name, mail, address, isBad, outcome] of LOOSE) {
  Deno.test(`readReport() understands ${name} without a machine-readable part`, async () => {
    const { report } = await messageOf(mail);

    assert.deepEqual(report?.targets[0], { by: "outbox", outboxId: "msg_0001abcd" });
    assert.equal(report?.recipients[0]?.address, address);
    assert.equal(report?.recipients[0]?.isAddressBad, isBad);
    assert.equal(report?.recipients[0]?.outcome, outcome);
  });
}

Deno.test("readReport() is not misled by people and out-of-office replies", async () => {
  const away = await messageOf(lines(
    "From: giulia@posta.example",
    "Return-Path: <>",
    "Auto-Submitted: auto-replied",
    "Subject: Automatic reply: Re: The bike",
    `In-Reply-To: <${OWN_ID}>`,
    "",
    "I am away until Monday.",
  ));
  const person = await messageOf(lines(
    "From: giulia@posta.example",
    "Subject: Undelivered parcel",
    `In-Reply-To: <${OWN_ID}>`,
    "",
    "The parcel was returned: 550 pieces are missing. User unknown, says the courier.",
  ));

  assert.equal(away.report, undefined);
  assert.equal(person.report, undefined);
  assert.notEqual(person.automatic, true);
});

function machineReport(type: string, part: string, ...fields: string[]): Promise<MessageEvent> {
  return messageOf(lines(
    "From: giulia@posta.example",
    `Content-Type: multipart/report; report-type=${type}; boundary=b`,
    "",
    "--b",
    "",
    "Something happened.",
    "--b",
    `Content-Type: ${part}`,
    "",
    ...fields,
    "",
    "--b",
    "Content-Type: text/rfc822-headers",
    "",
    `Message-ID: <${OWN_ID}>`,
    "",
    "--b--",
  ));
}

Deno.test("readReport() labels read receipts and complaints and files them with the mail they are about", async () => {
  const receipt = await machineReport(
    "disposition-notification",
    "message/disposition-notification",
    `Original-Message-ID: <${OWN_ID}>`,
    "Disposition: manual-action/MDN-sent-manually; displayed",
  );
  const complaint = await machineReport(
    "feedback-report",
    "message/feedback-report",
    "Feedback-Type: abuse",
  );

  assert.ok(notesOf(receipt).includes("read_receipt"));
  assert.ok(notesOf(complaint).includes("complaint"));
  for (const event of [receipt, complaint]) {
    assert.equal(event.report, undefined);
    assert.equal(event.automatic, true);
    assert.deepEqual(event.hints.map(({ by }) => by), ["message", "conversation"]);
  }
});

Deno.test("readReport() makes a message of whatever a notification holds", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(fc.oneof(fc.string(), fc.constantFrom(...UNKNOWN, "", " x"))), {
        maxLength: 8,
      }),
      async (groups) => {
        const event = await messageOf(notification(groups));
        assert.equal(event.automatic, true);
        assert.ok((event.report?.recipients.length ?? 1) > 0);
      },
    ),
    { numRuns: 200 },
  );
});
