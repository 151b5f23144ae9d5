/** What a form's server said. */
export type FormAnswer =
  | {
    readonly kind: "sent";
    /** Of the conversation; null when there is none to name. */
    readonly number: number | null;
    /** The thank-you. */
    readonly text: string;
    /** Page to go to in place of it. */
    readonly next: string | null;
  }
  | {
    readonly kind: "refused";
    /** For the form as a whole. */
    readonly text: string;
    readonly fields: readonly { readonly name: string; readonly message: string }[];
  }
  | { readonly kind: "unreachable" };

/** @param body JSON of an answer of `/forms/:channelId`; anything else counts as none */
export function readAnswer(isTaken: boolean, body: unknown): FormAnswer {
  if (!isRecord(body)) return { kind: "unreachable" };
  if (isTaken) {
    const { number, next } = body;
    return {
      kind: "sent",
      number: typeof number === "number" ? number : null,
      next: typeof next === "string" && /^https?:\/\//.test(next) ? next : null,
      text: [textOf(body["title"]), textOf(body["text"])].filter(Boolean).join(". "),
    };
  }
  const errors = Array.isArray(body["errors"]) ? body["errors"].filter(isRecord) : [];
  return {
    kind: "refused",
    text: textOf(body["detail"]) || textOf(body["title"]),
    fields: errors.map(({ path, message }) => ({ name: textOf(path), message: textOf(message) })),
  };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}
