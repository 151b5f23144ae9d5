import type { FormPlace } from "./form_place.ts";
import { FormWork } from "./form_work.ts";
import { type FormAnswer, readAnswer } from "./read_answer.ts";
import { clearProblems, showProblems } from "./show_problems.ts";

/** Who writes a line gives a browser more time than this; an old one sends without its proof. */
const WORK_MS = 4_000;

const OFFLINE = "You are offline. What you wrote is still here: send it again in a moment.";

/**
 * Sends forms of the page without leaving it, with what is wrong beside their fields. Where that cannot be (the page's
 * policy, a blocker), they are posted the plain way.
 * @param placeOf where a form goes; null for one that is not to be touched
 */
export function attachForms(placeOf: (form: HTMLFormElement) => FormPlace | null): void {
  const sending = new WeakSet<HTMLFormElement>();
  const works = new Map<string, FormWork>();
  const workFor = (place: FormPlace) => {
    const work = works.get(place.url) ?? new FormWork(place);
    works.set(place.url, work);
    return work;
  };
  addEventListener("focusin", ({ target }) => {
    const form = target instanceof Element ? target.closest("form") : null;
    const place = form === null ? null : placeOf(form);
    if (place !== null) workFor(place).begin();
  });
  // After the page's own listeners, which may refuse it.
  addEventListener("submit", (event) => {
    const { target: form, submitter } = event;
    if (event.defaultPrevented || !(form instanceof HTMLFormElement)) return;
    const place = placeOf(form);
    if (place === null) return;
    event.preventDefault();
    if (sending.has(form)) return;
    sending.add(form);
    void sendForm(place, form, { submitter, work: workFor(place) })
      .then((isSent) => {
        // A token is good once.
        if (isSent) works.delete(place.url);
      })
      .finally(() => sending.delete(form));
  });
}

/** @returns whether it arrived */
async function sendForm(
  place: FormPlace,
  form: HTMLFormElement,
  { submitter, work }: { readonly submitter: HTMLElement | null; readonly work: FormWork },
): Promise<boolean> {
  clearProblems(form);
  form.setAttribute("aria-busy", "true");
  const data = new FormData(form, submitter);
  const id = submissionId(form);
  data.set("_submission_id", id);
  data.set("_page", location.href.split(/[?#]/)[0] ?? "");
  const proven = await work.soon(WORK_MS);
  if (proven !== null) {
    for (const [name, value] of Object.entries(proven)) data.set(name, value);
  }
  const answer = await post(place, data);
  form.removeAttribute("aria-busy");
  switch (answer.kind) {
    case "sent":
      form.dispatchEvent(new CustomEvent("parley:sent", { bubbles: true, detail: answer.number }));
      if (answer.next === null) thank(form, answer.text);
      else location.assign(answer.next);
      return true;
    case "refused":
      showProblems(form, answer);
      return false;
    case "unreachable":
      if (navigator.onLine) postPlainly(place, form, id);
      else showProblems(form, { text: OFFLINE, fields: [] });
      return false;
  }
}

async function post({ url }: FormPlace, body: FormData): Promise<FormAnswer> {
  try {
    const response = await fetch(url, {
      method: "POST",
      body,
      credentials: "omit",
      headers: { accept: "application/json" },
    });
    return readAnswer(response.ok, await response.json());
  } catch {
    return { kind: "unreachable" };
  }
}

/** The same for each try of one form: what arrived though its answer was lost does not arrive twice. */
function submissionId(form: HTMLFormElement): string {
  return form.dataset["parleySubmission"] ??= Array.from(
    crypto.getRandomValues(new Uint8Array(16)),
    (byte) => byte.toString(16).padStart(2, "0"),
  ).join("");
}

/** As the browser does without script; the answer is a page of its own. */
function postPlainly({ url }: FormPlace, form: HTMLFormElement, id: string): void {
  form.action = url;
  form.method = "post";
  if (form.querySelector("input[type=file]")) form.enctype = "multipart/form-data";
  const field = document.createElement("input");
  Object.assign(field, { type: "hidden", name: "_submission_id", value: id });
  form.append(field);
  HTMLFormElement.prototype.submit.call(form);
}

/** In the form's place, which stays in the page for whoever drew it. */
function thank(form: HTMLFormElement, text: string): void {
  const words = document.createElement("p");
  words.className = "parley-thanks";
  words.role = "status";
  words.tabIndex = -1;
  words.textContent = text;
  form.after(words);
  form.hidden = true;
  form.reset();
  words.focus();
}
