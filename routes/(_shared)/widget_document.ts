import type { VisitorConfigJson } from "@/core/model/visitor_api.ts";
import type { Language } from "@/islands/(_client)/widget/texts.ts";
import { bundleUrl } from "./respond_with_bundle.ts";

export interface WidgetDocument {
  readonly config: VisitorConfigJson;
  readonly language: Language;
}

/** The document of the widget's frame. It is empty but for its data: an attribute needs no script of ours inline. */
export function widgetDocument({ config, language }: WidgetDocument): string {
  const script = bundleUrl("/widget/frame.js", "widget_frame.js");
  const sheet = bundleUrl("/widget/frame.css", "widget_frame.css");
  return `<!doctype html>
<html lang="${escapeHtml(language.locale)}" dir="${language.direction}"${
    config.theme === "auto" ? "" : ` data-theme="${config.theme}"`
  }>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${escapeHtml(config.title)}</title>
<link rel="stylesheet" href="${escapeHtml(sheet)}">
<script src="${escapeHtml(script)}" defer></script>
</head>
<body>
<main id="chat" class="pw" data-config="${asAttribute(config)}" data-language="${
    asAttribute(language)
  }"></main>
</body>
</html>
`;
}

function asAttribute(value: VisitorConfigJson | Language): string {
  return escapeHtml(JSON.stringify(value));
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
