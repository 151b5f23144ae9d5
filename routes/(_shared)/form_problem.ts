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
    const label = Object.hasOwn(labels, path) ? labels[path] : undefined;
    if (label === undefined) rest.push(toSentence(path, message));
    else fields[path] ??= toSentence(label, message);
  }
  return { status: problem.status, message: rest.length > 0 ? rest.join(" ") : null, fields };
}

/** "needs 10 characters" says what the field does; what starts with a capital is a sentence already. */
function toSentence(label: string, message: string): string {
  const isPredicate = /^\p{Ll}/u.test(message);
  const text = isPredicate && label !== "" ? `${label} ${message}` : message;
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
