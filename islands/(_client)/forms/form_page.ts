/** A form's own page: works for its proof while it is filled in, and tells a site's page how high it is. */
import { FRAME_MESSAGE, type FrameMessage } from "./frame_message.ts";
import { solveProof } from "./solve_proof.ts";

/** Whoever waits longer for the proof is let go without it: other guards decide. */
const PATIENCE_MS = 8_000;

const form = document.querySelector<HTMLFormElement>("form[data-token]");
if (form !== null) prove(form, form.dataset);
if (parent !== window) {
  // Browsers refuse a frame the attribute, not a script whose visitor just pressed a button there.
  document.querySelector<HTMLElement>(".hf-sum")?.focus();
  tellHeight();
}

function prove(form: HTMLFormElement, { token = "", proofBits, minFill }: DOMStringMap): void {
  const openedAt = performance.now();
  const proof = proofBits === undefined ? Promise.resolve(null) : solveProof(token, +proofBits);
  let isSending = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    // A second click while the first is on its way.
    if (isSending) return;
    isSending = true;
    form.setAttribute("aria-busy", "true");
    // It comes back at once, with what is missing: there is nothing to prove yet.
    if (isIncomplete(form)) return form.submit();
    const waited = performance.now() - openedAt;
    const [solved] = await Promise.all([
      Promise.race([proof, wait(PATIENCE_MS).then(() => null)]),
      // What a browser fills in is sent sooner than a person could type.
      wait(Number(minFill ?? 0) - waited),
    ]);
    if (solved !== null) {
      const field = document.createElement("input");
      Object.assign(field, { type: "hidden", name: "_proof", value: solved });
      form.append(field);
    }
    form.submit();
  });
  // Back from the answer by the browser's history: it may be sent again.
  addEventListener("pageshow", () => {
    isSending = false;
    form.removeAttribute("aria-busy");
  });
}

function isIncomplete(form: HTMLFormElement): boolean {
  const required = form.querySelectorAll<
    HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement
  >(
    "[required]",
  );
  return [...required].some(({ validity }) => validity.valueMissing);
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.max(0, ms)));
}

function tellHeight(): void {
  const main = document.querySelector<HTMLElement>("main");
  if (main === null) return;
  const isSent = main.dataset["sent"] !== undefined;
  const isAnswer = isSent || main.dataset["answer"] !== undefined;
  let isFirst = true;
  new ResizeObserver(() => {
    const message: FrameMessage = {
      type: FRAME_MESSAGE,
      height: main.getBoundingClientRect().height,
      title: document.title,
      isAnswer: isAnswer && isFirst,
      isSent: isSent && isFirst,
    };
    isFirst = false;
    // Nothing of it is secret, and who may hold the frame was decided by its headers.
    parent.postMessage(message, "*");
  }).observe(main);
}
