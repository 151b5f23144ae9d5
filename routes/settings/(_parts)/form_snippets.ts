import type { FormField } from "@/core/model/form.ts";

/** Lines of HTML that put a form on a site. */
export interface FormSnippets {
  /** The hosted form within a page. */
  readonly script: string;
  /** A form of its own, which needs no script. */
  readonly html: string;
  /** The line that copies what is sent by the site's own forms. */
  readonly capture: string;
  /** First line of a form that is posted here. */
  readonly action: string;
  readonly link: string;
}

export interface SnippetsOf {
  /** Public address of this Parley. */
  readonly origin: string;
  readonly channelId: string;
  readonly fields: readonly FormField[];
  readonly submitLabel: string;
  /** Name of the field that people leave empty. */
  readonly honeypot: string | null;
}

/** What there is to paste. */
export function formSnippets(of: SnippetsOf): FormSnippets {
  const { origin, channelId, fields, submitLabel, honeypot } = of;
  const link = `${origin}/forms/${channelId}`;
  const embed = `<script async src="${link}/embed.js"`;
  const enctype = fields.some(({ type }) => type === "file")
    ? ' enctype="multipart/form-data"'
    : "";
  const action = `<form action="${link}" method="post"${enctype}>`;
  const trap = honeypot === null
    ? []
    : [`  <p hidden>Leave this empty: <input name="${honeypot}" autocomplete="off"></p>`];
  return {
    link,
    action,
    script: `<div data-parley-form="${channelId}"></div>\n${embed}></script>`,
    capture: `${embed} data-capture></script>`,
    html: [
      action,
      ...fields.map((field) => htmlOf(field).split("\n").map((line) => `  ${line}`).join("\n")),
      ...trap,
      `  <button>${escapeHtml(submitLabel || "Send")}</button>`,
      "</form>",
    ].join("\n"),
  };
}

const INPUTS = { text: "text", email: "email", phone: "tel", file: "file" } as const;

function htmlOf(field: FormField): string {
  const { name, type, label, required, placeholder, options = [], value, url } = field;
  const attributes = ` name="${escapeHtml(name)}"${required ? " required" : ""}${
    placeholder ? ` placeholder="${escapeHtml(placeholder)}"` : ""
  }`;
  const words = escapeHtml(label);
  switch (type) {
    case "text":
    case "email":
    case "phone":
      return `<label>${words} <input type="${INPUTS[type]}"${attributes}></label>`;
    case "file":
      return `<label>${words} <input type="file"${attributes} multiple></label>`;
    case "textarea":
      return `<label>${words} <textarea${attributes}></textarea></label>`;
    case "select":
      return [
        `<label>${words} <select${attributes}>`,
        '  <option value="">Please choose</option>',
        ...options.map((option) => `  <option>${escapeHtml(option)}</option>`),
        "</select></label>",
      ].join("\n");
    case "checkbox":
      return options.length === 0 ? yesOrNo(words, attributes) : [
        `<fieldset><legend>${words}</legend>`,
        ...options.map((option) =>
          `  <label><input type="checkbox" name="${escapeHtml(name)}" value="${
            escapeHtml(option)
          }"> ${escapeHtml(option)}</label>`
        ),
        "</fieldset>",
      ].join("\n");
    case "consent":
      return yesOrNo(
        url === undefined ? words : `${words} <a href="${escapeHtml(url)}">Privacy notice</a>`,
        attributes,
      );
    case "hidden":
      return `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value ?? "")}">`;
  }
}

function yesOrNo(words: string, attributes: string): string {
  return `<label><input type="checkbox"${attributes} value="yes"> ${words}</label>`;
}

function escapeHtml(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/"/g, "&quot;");
}
