import assert from "node:assert/strict";
import fc from "fast-check";
import { fastestMs } from "../../tests/fakes/fastest_ms.ts";
import { laneOf } from "./mail_lane.ts";
import { ROLE_NAMES } from "./role_names.ts";

const MAIL = { address: "ana@posta.example", subject: "The bike", html: "" };

/** The lane of a mail with these headers, "name: value", and these facts. */
function lane(headers: readonly string[], mail: Partial<typeof MAIL> = {}) {
  const fields = headers.map((header) => {
    const [name = "", value = ""] = header.split(": ");
    return { name: name.toLowerCase(), value };
  });
  return laneOf(fields, { ...MAIL, ...mail });
}

for (
  const [headers, expected] of [
    [[], undefined],
    [["List-Id: <list.x.example>"], "newsletter"],
    [["List-Unsubscribe: <https://x.example/u>"], "newsletter"],
    [
      ["List-Id: <list.x.example>", "List-Unsubscribe-Post: List-Unsubscribe=One-Click"],
      "newsletter",
    ],
    [["Precedence: bulk"], "newsletter"],
    [["Precedence: bulk", "Auto-Submitted: auto-generated"], undefined],
    [
      [
        "List-Unsubscribe: <https://x.example/u>",
        "List-Unsubscribe-Post: List-Unsubscribe=One-Click",
      ],
      "marketing",
    ],
    [["Feedback-ID: c1:x:y"], "marketing"],
    [["X-Campaign-ID: 7", "List-Id: <x>"], "marketing"],
    [["X-Mailchimp-Campaign: 7"], "marketing"],
    [["X-HS-Cid: 7", "X-Jobs: 1"], undefined],
  ] as const
) {
  Deno.test(`laneOf() of ${headers.join(", ") || "plain mail"} is ${expected}`, () => {
    assert.equal(lane(headers), expected);
  });
}

const LINKS = [
  '<a href="https://x.example/unsubscribe?u=1">here</a>',
  '<a class=f href="https://x.example/u"><span>Unsubscribe</span> now</a>',
  '<a href="https://x.example/u">Newsletter abbestellen</a>',
  '<a href="https://x.example/u">Se désabonner</a>',
  '<a href="https://x.example/u">Darse de baja</a>',
  '<a href="https://x.example/u">Annulla l’iscrizione</a>',
  '<a href="https://x.example/u">Uitschrijven</a>',
  '<a href="https://x.example/u">Отписаться</a>',
  '<a href="https://x.example/u">配信停止はこちら</a>',
  '<a href="https://x.example/u">退订</a>',
];
for (const link of LINKS) {
  Deno.test(`laneOf() finds the way out of a newsletter in ${link}`, () => {
    assert.equal(lane([], { html: `<p>News</p><p>${link}</p>` }), "newsletter");
  });
}

Deno.test("laneOf() does not take the links of others for the mail's own", () => {
  const html = `<p>What is this?</p>${LINKS[0]}`;

  assert.equal(lane([], { html: `<p>How?</p><blockquote>${LINKS[0]}</blockquote>` }), undefined);
  assert.equal(lane([], { html: `<div class="gmail_quote">${LINKS[0]}</div>` }), undefined);
  assert.equal(lane(["In-Reply-To: <a@b>"], { html }), undefined);
  for (const subject of ["Fwd: News", "WG: News", "Re[2]: News", "转发：News", "AW (3): x"]) {
    assert.equal(lane([], { html, subject }), undefined, subject);
  }
  assert.equal(lane([], { html: "<p>How do I unsubscribe?</p>" }), undefined, "words, no link");
  const far = LINKS[0] + "<p>words</p>".repeat(5_000);
  assert.equal(lane([], { html: far }), undefined, "not at its end");
});

Deno.test("laneOf() knows role addresses by their names", () => {
  for (const name of ["info", "Sales", "billing+x", "list-request", "webmaster"]) {
    assert.equal(lane([], { address: `${name}@posta.example` }), "role", name);
  }
  for (const name of ["infotech", "ana.sales", "supporter"]) {
    assert.equal(lane([], { address: `${name}@posta.example` }), undefined, name);
  }
  assert.equal(laneOf([], { ...MAIL, address: null }), undefined);
  assert.ok([...ROLE_NAMES].every((name) => name === name.toLowerCase()));
});

Deno.test("laneOf() is total, and quick on HTML made to be slow", async () => {
  fc.assert(fc.property(fc.string({ unit: "grapheme" }), fc.string(), (html, subject) => {
    laneOf([], { ...MAIL, html, subject });
  }));
  const slow = ["<a href".repeat(3_000), `<a ${"href ".repeat(4_000)}`, "<a x>".repeat(4_000)];
  for (const html of slow) {
    const ms = await fastestMs(() => laneOf([], { ...MAIL, html }), 100);
    assert.ok(ms < 100, `${html.slice(0, 20)}: ${ms} ms`);
  }
});
