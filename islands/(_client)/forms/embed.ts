/**
 * `/forms/:channelId/embed.js`: runs on a site's page. Three things, by what stands there:
 * an element with `data-parley-form` becomes the hosted form; a form with it is sent without leaving the page; with
 * `data-capture` at the script, the site's own forms are copied while they work as ever.
 */
import { attachForms } from "./attach_forms.ts";
import { captureForms } from "./capture_forms.ts";
import { type FormPlace, formPlace, placeOfScript } from "./form_place.ts";
import { showForm } from "./show_form.ts";

const MARK = "data-parley-form";
/** Of the page: the script may stand there twice, and each run has its own variables. */
const KEY = Symbol.for("parley.forms");
/** What a page says once its visitor agreed, for a script with `data-capture="after-consent"`. */
const CONSENT = "parley:consent";

class Forms {
  readonly #origin: string;
  /** For what names no channel. */
  readonly #first: FormPlace;
  #isCapturing = false;

  constructor(place: FormPlace) {
    this.#origin = place.origin;
    this.#first = place;
    attachForms((form) => form.hasAttribute(MARK) ? this.#placeOf(form) : null);
    const show = () => this.#showAll();
    // What single-page apps draw later.
    new MutationObserver(show).observe(document, { childList: true, subtree: true });
    show();
  }

  /** Each run of the script comes by here. */
  add(place: FormPlace, capture: string | undefined): void {
    if (capture === undefined || this.#isCapturing) return;
    this.#isCapturing = true;
    const begin = () => captureForms(place, (form) => this.#isOurs(form));
    if (capture === "after-consent") document.addEventListener(CONSENT, begin, { once: true });
    else begin();
  }

  #showAll(): void {
    for (const element of document.querySelectorAll<HTMLElement>(`[${MARK}]:not(form)`)) {
      if (element.querySelector("iframe") === null) showForm(this.#placeOf(element), element);
    }
  }

  #placeOf(element: Element): FormPlace {
    const channelId = element.getAttribute(MARK);
    return channelId ? formPlace(this.#origin, channelId) : this.#first;
  }

  /** Posted to Parley anyway, by us or by its own address. */
  #isOurs(form: HTMLFormElement): boolean {
    const action = URL.parse(form.getAttribute("action") ?? "", document.baseURI);
    return form.hasAttribute(MARK) ||
      (action?.origin === this.#origin && action.pathname.startsWith("/forms/"));
  }
}

function begin(): void {
  const script = document.currentScript;
  const place = script instanceof HTMLScriptElement ? placeOfScript(script.src) : null;
  if (!(script instanceof HTMLScriptElement) || place === null) {
    return console.warn("Parley: embed.js needs a script tag with its own address");
  }
  // Any object takes a property of one's own.
  const holder = window as { [KEY]?: Forms };
  holder[KEY] ??= new Forms(place);
  holder[KEY].add(place, script.dataset["capture"]);
}

begin();
