const CLASS = "parley-error";

export interface Problems {
  /** For the form as a whole. */
  readonly text: string;
  readonly fields: readonly { readonly name: string; readonly message: string }[];
}

/** Says beside each field what is wrong with it, and the rest above the form's button. Focus goes to the first. */
export function showProblems(form: HTMLFormElement, { text, fields }: Problems): void {
  let first: HTMLElement | null = null;
  const loose: string[] = [];
  for (const { name, message } of fields) {
    const control = controlOf(form, name);
    if (control === null) {
      loose.push(message);
      continue;
    }
    const words = wordsOf(message);
    words.id = `parley-error-${crypto.getRandomValues(new Uint32Array(1))[0]}`;
    const before = control.getAttribute("aria-describedby");
    control.dataset["parleyDescribed"] = before ?? "";
    control.setAttribute("aria-describedby", [before, words.id].filter(Boolean).join(" "));
    control.setAttribute("aria-invalid", "true");
    const isPick = control instanceof HTMLInputElement && /^(?:checkbox|radio)$/.test(control.type);
    ((isPick && control.closest("label, fieldset")) || control).after(words);
    first ??= control;
  }
  if (first === null || loose.length > 0) {
    const words = wordsOf(loose.length > 0 ? loose.join(" ") : text);
    words.tabIndex = -1;
    const button = form.querySelector("[type=submit], button:not([type])");
    if (button === null) form.append(words);
    else button.before(words);
    first ??= words;
  }
  first.focus();
}

/** Before it is tried again. */
export function clearProblems(form: HTMLFormElement): void {
  for (const words of form.querySelectorAll(`.${CLASS}`)) words.remove();
  for (const control of form.querySelectorAll<HTMLElement>("[data-parley-described]")) {
    const before = control.dataset["parleyDescribed"];
    if (before) control.setAttribute("aria-describedby", before);
    else control.removeAttribute("aria-describedby");
    control.removeAttribute("aria-invalid");
    delete control.dataset["parleyDescribed"];
  }
}

function controlOf(form: HTMLFormElement, name: string): HTMLElement | null {
  const found = form.querySelector<HTMLElement>(`[name="${CSS.escape(name)}"]:not([type=hidden])`);
  return found;
}

function wordsOf(text: string): HTMLElement {
  const words = document.createElement("p");
  words.className = CLASS;
  words.role = "alert";
  words.textContent = text;
  return words;
}
