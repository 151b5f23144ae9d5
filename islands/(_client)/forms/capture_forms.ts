import type { FormPlace } from "./form_place.ts";
import { FormWork, type Proven } from "./form_work.ts";
import { IGNORED, isTakable, type ReadField, readForm } from "./read_form.ts";
import { sendAway } from "./send_away.ts";

/** The same answers of one form within this time are one submission: a double click, a handler that submits again. */
const TWIN_MS = 5_000;

/** What is told of one submission of a form that is the site's own. Names as the server reads them. */
export interface CapturedForm extends Partial<Proven> {
  readonly fields: readonly ReadField[];
  /** What the page calls the form. */
  readonly _captured: string;
  readonly _page: string;
}

/**
 * Takes a copy of what is filled into the forms of this page, which work as they did: nothing is stopped, changed or
 * waited for. Forms posted by script and by single-page apps too.
 * @param isOurs whether a form is sent to Parley anyway
 */
export function captureForms(
  place: FormPlace,
  isOurs: (form: HTMLFormElement) => boolean,
): void {
  const taken = new Map<string, number>();
  const work = new FormWork(place);

  function take(form: HTMLFormElement): void {
    // Whatever is odd about a page's form, its sending goes on.
    try {
      // Asks without an event, unlike checkValidity(): what is wrong was said by the page, or will be.
      if (isOurs(form) || !form.matches(":valid")) return;
      const fields = readForm(form);
      if (fields === null) return;
      const signature = JSON.stringify(fields);
      const now = Date.now();
      const before = taken.get(signature);
      taken.set(signature, now);
      if (before !== undefined && now - before < TWIN_MS) return;
      sendAway(place.url, { ...capturedForm(form, fields), ...work.now() });
    } catch (error) {
      console.warn("Parley: a form could not be captured", error);
    }
  }

  // Whoever begins to write will send it, maybe.
  addEventListener("focusin", ({ target }) => {
    const form = target instanceof Element ? target.closest("form") : null;
    if (form !== null && !isOurs(form) && isTakable(form)) work.begin();
  });
  // Before any listener of the page, which may empty the form or stop the event.
  addEventListener("submit", ({ target }) => {
    if (target instanceof HTMLFormElement) take(target);
  }, true);
  // A form submitted by script has no event.
  const { submit } = HTMLFormElement.prototype;
  HTMLFormElement.prototype.submit = function () {
    take(this);
    return submit.call(this);
  };
}

function capturedForm(form: HTMLFormElement, fields: readonly ReadField[]): CapturedForm {
  return {
    fields,
    _captured: (nameOf(form) || document.title || "form").slice(0, 200),
    _page: pageAddress(),
  };
}

/** What the page calls a form: in words if it has some. */
function nameOf(form: HTMLFormElement): string {
  const heading = form.closest(`:not(${IGNORED})`)?.querySelector("legend, h1, h2, h3")
    ?.textContent;
  const named = ["aria-label", "name", "id"].map((attribute) => form.getAttribute(attribute));
  return [named[0], heading, named[1], named[2]].find(Boolean)?.replace(/\s+/g, " ").trim() ?? "";
}

/** Where from, and by which campaign: the rest of an address may hold what is private. */
function pageAddress(): string {
  const url = new URL(location.href);
  const told = [...url.searchParams].filter(([name]) => name.startsWith("utm_"));
  const query = told.length === 0 ? "" : `?${new URLSearchParams(told)}`;
  return `${url.origin}${url.pathname}${query}`.slice(0, 1_000);
}
