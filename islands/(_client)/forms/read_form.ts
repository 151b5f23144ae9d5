import { type FieldTraits, holdsCard, isPrivate, isPrivateForm } from "./is_private.ts";

/** One answered field of somebody's form. */
export interface ReadField {
  readonly name: string;
  readonly label: string;
  /** As the browser calls it: "email", "textarea". */
  readonly type: string;
  readonly value: string;
}

/** Text of one field that is taken, in characters. */
const MAX_VALUE = 8_000;
const MAX_FIELDS = 200;
/** Left out wherever it stands, with all it holds. */
export const IGNORED = "[data-parley-ignore]";
/** They hold no answer of a person. Files do not fit into what leaves with the page. */
const SKIPPED = new Set(["button", "submit", "reset", "image", "file", "fieldset", "output"]);

type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

/**
 * What a person answered in a form of the site's own, without what is private. Changes nothing of it, and asks nothing
 * that its page could notice.
 * @returns null for a form that is not to be taken: for signing in, paying or searching, not filled in, or told to be left
 */
export function readForm(form: HTMLFormElement): readonly ReadField[] | null {
  if (!isTakable(form)) return null;
  const found: ReadField[] = [];
  for (const control of controlsOf(form)) {
    if (!isTaken(control)) continue;
    const traits = traitsOf(control);
    if (isPrivate(traits)) continue;
    const { type, label } = traits;
    const name = control.name || control.id || label;
    for (const value of valuesOf(control)) {
      if (name === "" || value.trim() === "" || holdsCard(value)) continue;
      found.push({ name: name.slice(0, 200), label, type, value: value.slice(0, MAX_VALUE) });
    }
  }
  return found.length === 0 ? null : found.slice(0, MAX_FIELDS);
}

/** Whether anything of a form may be taken: it is not for signing in, paying or searching, nor told to be left. */
export function isTakable(form: HTMLFormElement): boolean {
  return !form.closest(IGNORED) && !isSearch(form) &&
    !isPrivateForm(controlsOf(form).map(traitsOf));
}

/** By `elements` of the prototype: a field called "elements" hides the form's own. */
function controlsOf(form: HTMLFormElement): Control[] {
  const read = Object.getOwnPropertyDescriptor(HTMLFormElement.prototype, "elements")?.get;
  const elements: Iterable<Element> = read?.call(form) ?? [];
  return [...elements].filter((element): element is Control =>
    element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement ||
    element instanceof HTMLSelectElement
  );
}

function isTaken(control: Control): boolean {
  if (control.matches(":disabled") || SKIPPED.has(control.type) || control.closest(IGNORED)) {
    return false;
  }
  return control.type !== "hidden" || control.hasAttribute("data-parley-include");
}

function valuesOf(control: Control): string[] {
  if (control instanceof HTMLSelectElement) {
    return [...control.selectedOptions].map((option) =>
      option.value && (option.text || option.value)
    );
  }
  const { type, value } = control;
  if (type !== "checkbox" && type !== "radio") return [value];
  if (!(control instanceof HTMLInputElement) || !control.checked) return [];
  return [value === "on" ? "yes" : value];
}

function traitsOf(control: Control): FieldTraits {
  return {
    type: control.type,
    name: control.name,
    id: control.id,
    autocomplete: control.getAttribute("autocomplete") ?? "",
    label: labelOf(control),
  };
}

/** What the page calls a field. */
function labelOf(control: Control): string {
  const isOneOf = control.type === "radio" ||
    (control.type === "checkbox" && control.value !== "on");
  const named = control.getAttribute("aria-labelledby")?.split(/\s+/)
    .map((id) => document.getElementById(id)?.textContent).join(" ");
  const text = (isOneOf && control.closest("fieldset")?.querySelector("legend")?.textContent) ||
    wordsOf(control.labels?.[0]) || control.getAttribute("aria-label") || named ||
    control.getAttribute("placeholder") || "";
  return text.replace(/\s+/g, " ").trim().replace(/\s*[*:]+$/, "").slice(0, 200);
}

/** The words of a label, without those of a field within it. */
function wordsOf(label: HTMLLabelElement | undefined): string {
  if (label === undefined) return "";
  return [...label.childNodes].map((node) =>
    node instanceof Element && (node.matches("select, textarea, option") || node.closest("button"))
      ? ""
      : node.textContent
  ).join(" ");
}

/** Asks for something on the site rather than telling it something. */
function isSearch(form: HTMLFormElement): boolean {
  if (form.closest("[role=search], search") || form.querySelector("input[type=search]")) {
    return true;
  }
  const isGet = (form.getAttribute("method") ?? "get").toLowerCase() === "get";
  return isGet && form.querySelector("[name=q], [name=s], [name=query], [name=search]") !== null;
}
