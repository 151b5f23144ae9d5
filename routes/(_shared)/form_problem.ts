import { type HttpError, toProblem } from "./http_error.ts";

/** A failed form as its page shows it again. */
export interface FormProblem {
  readonly status: number;
  /** Above the form; null when the fields say it all. */
  readonly message: string | null;
  /** By the path of the field. */
  readonly fields: Readonly<Record<string, string>>;
}

/**
 * Puts each error beside its field.
 * @param labels of the fields the page shows, by path; what names none of them goes above the form.
 */
export function formProblem(
  error: HttpError,
  labels: Readonly<Record<string, string>>,
): FormProblem {
  const problem = toProblem(error);
  if (error.code !== "invalid") {
    return { status: problem.status, message: `${problem.title}. ${problem.detail}`, fields: {} };
  }
  const fields: Record<string, string> = {};
  const rest: string[] = [];
  for (const { path, message } of error.errors) {
    const field = fieldOf(path, labels);
    if (field === null) rest.push(toSentence(path, message));
    else fields[field] ??= toSentence(labels[field] ?? "", message);
  }
  return { status: problem.status, message: rest.length > 0 ? rest.join(" ") : null, fields };
}

/** The field an error belongs to: "domains.2" is an error of "domains" when that is what the page shows. */
function fieldOf(path: string, labels: Readonly<Record<string, string>>): string | null {
  for (let at = path; at !== ""; at = at.slice(0, Math.max(0, at.lastIndexOf(".")))) {
    if (Object.hasOwn(labels, at)) return at;
  }
  return null;
}

/** "needs 10 characters" says what the field does; what starts with a capital is a sentence already. */
function toSentence(label: string, message: string): string {
  const isPredicate = /^\p{Ll}/u.test(message);
  const text = isPredicate && label !== "" ? `${label} ${message}` : message;
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
