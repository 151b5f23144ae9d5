import assert from "node:assert/strict";
import type { VisitorConfigJson } from "@/core/model/visitor_api.ts";
import { languageFor } from "@/islands/(_client)/widget/texts.ts";
import { widgetDocument } from "./widget_document.ts";

const config: VisitorConfigJson = {
  channelId: "chn_1",
  title: "Veloce",
  greeting: "",
  replyTime: "",
  accentColor: "#0f5b46",
  position: "end",
  theme: "auto",
  poweredBy: true,
  identityRequired: false,
  faces: [],
  isOnline: true,
  mailsAnswers: true,
  limits: { maxTextLength: 10, maxFileBytes: 10, maxFiles: 1 },
};

const english = languageFor("en");

Deno.test("widgetDocument() lets no text of anybody out of its place", () => {
  const hostile = `"'><script>alert(1)</script>&`;

  const html = widgetDocument({
    config: { ...config, title: hostile },
    language: { ...english, locale: hostile },
  });

  assert.equal(html.match(/<script/g)?.length, 1);
  assert.doesNotMatch(html, /alert\(1\)<\/script>/);
  const attribute = /data-config="([^"]*)"/.exec(html)?.[1] ?? "";
  const decoded = attribute.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)));
  assert.equal(JSON.parse(decoded).title, hostile);
});
