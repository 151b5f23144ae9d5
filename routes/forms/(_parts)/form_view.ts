/** What a form's page shows. */
import type { FieldProblem, FormError, FormPage, PostedEntry, TakenForm } from "@/core/mod.ts";
import type { HttpError } from "../../(_shared)/http_error.ts";
import { type FormWords, problemWords } from "./form_words.ts";

/** What is wrong, as a page says it. */
export interface ShownProblem {
  /** Null: of the form as a whole. */
  readonly name: string | null;
  readonly label: string;
  readonly message: string;
}

export interface FormView {
  readonly kind: "form";
  readonly page: FormPage;
  readonly values: ReadonlyMap<string, readonly string[]>;
  readonly problems: readonly ShownProblem[];
}

export interface DoneView {
  readonly kind: "done";
  readonly page: FormPage;
  readonly number: number | null;
}

/** There is no such form, or it is paused. */
export interface GoneView {
  readonly kind: "gone";
}

/** Beside what a page shows: the reader's words, and whether it stands in another site's page. */
export interface ViewData {
  readonly view: FormView | DoneView | GoneView;
  readonly words: FormWords;
  readonly locale: string;
  readonly isEmbedded: boolean;
}

/** The form again with what was typed, and what is wrong beside each field. */
export function formAgain(
  page: FormPage,
  entries: readonly PostedEntry[],
  problems: readonly ShownProblem[],
): FormView {
  const values = new Map<string, string[]>(page.look.fields.map(({ name }) => [name, []]));
  for (const { name, value } of entries) values.get(name)?.push(value);
  return { kind: "form", page, values, problems };
}

/** What is wrong with what was filled in, in words. */
export function shownProblems(
  page: FormPage,
  problems: readonly FieldProblem[],
  words: FormWords,
): readonly ShownProblem[] {
  const fields = new Map(page.look.fields.map((field) => [field.name, field]));
  return problems.map((problem) => {
    const field = problem.name === null ? undefined : fields.get(problem.name);
    return {
      name: problem.name,
      label: field?.label ?? problem.name ?? "",
      message: problemWords(problem, words, field?.type === "consent"),
    };
  });
}

/** A form's failure as all failures of HTTP are told. */
export function toHttpError(error: FormError, shown: readonly ShownProblem[]): HttpError {
  return error.code === "form_invalid"
    ? {
      code: "form_invalid",
      errors: shown.map(({ name, message }) => ({ path: name ?? "", message })),
    }
    : error;
}

/** What a script is told of a form that was taken. */
export function takenJson(
  { number, next }: TakenForm,
  page: FormPage,
  words: FormWords,
): Readonly<Record<string, unknown>> {
  const { thanks } = page.look;
  return {
    ok: true,
    number,
    next,
    title: words.thanks,
    text: [
      ...number === null ? [] : [words.number.replace("{number}", `#${number}`)],
      thanks === "" ? words.answerByMail : thanks,
    ].join(" "),
  };
}
