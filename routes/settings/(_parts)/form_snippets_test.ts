import assert from "node:assert/strict";
import { parseDocument } from "htmlparser2";
import type { FormField } from "@/core/model/form.ts";
import { formSnippets } from "./form_snippets.ts";

const OF = {
  origin: "https://desk.veloce.example",
  channelId: "chn_1",
  submitLabel: "",
  honeypot: "_gotcha",
};

function field(more: Partial<FormField> & Pick<FormField, "type">): FormField {
  return { name: "f", label: "Field", required: false, ...more };
}

Deno.test("formSnippets() names the channel's own addresses", () => {
  const { script, capture, link, action } = formSnippets({ ...OF, fields: [] });

  assert.equal(link, "https://desk.veloce.example/forms/chn_1");
  assert.match(
    script,
    /^<div data-parley-form="chn_1"><\/div>\n<script async src="[^"]+\/embed.js">/,
  );
  assert.match(capture, /\/forms\/chn_1\/embed\.js" data-capture><\/script>$/);
  assert.equal(action, `<form action="${link}" method="post">`);
});

Deno.test("formSnippets() writes a form with every kind of field, and nothing of a label runs", () => {
  const nasty = `"><script>alert(1)</script>`;
  const { html } = formSnippets({
    ...OF,
    submitLabel: nasty,
    fields: [
      field({ type: "text", label: nasty, placeholder: nasty }),
      field({ type: "textarea" }),
      field({ type: "email", required: true }),
      field({ type: "phone" }),
      field({ type: "select", options: ["Frame & fork", nasty] }),
      field({ type: "checkbox" }),
      field({ type: "checkbox", options: [nasty] }),
      field({ type: "file" }),
      field({ type: "consent", url: "https://veloce.example/privacy?a=1&b=2" }),
      field({ type: "hidden", value: nasty }),
    ],
  });

  const tags = JSON.stringify([...html.matchAll(/<(\w+)/g)].map(([, tag]) => tag));
  assert.doesNotMatch(tags, /script/);
  assert.match(html, /enctype="multipart\/form-data"/);
  assert.match(html, /type="email" name="f" required/);
  assert.match(html, /<input name="_gotcha"/);
  assert.equal(parseDocument(html).children.length, 1, "one form");
});
