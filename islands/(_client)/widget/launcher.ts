/** The button on the site's page and the panel it opens, in a shadow tree of their own: neither side's CSS reaches the other. */
import type { VisitorConfigJson } from "@/core/model/visitor_api.ts";
import type { LauncherWords } from "./launcher_words.ts";
import { onColor } from "./on_color.ts";

const SVG = "http://www.w3.org/2000/svg";
const CHAT =
  "M8 2.75c3.05 0 5.5 2.05 5.5 4.75S11.05 12.25 8 12.25c-.73 0-1.43-.12-2.07-.33L3 12.9l.67-2.45A4.4 4.4 0 0 1 2.5 7.5C2.5 4.8 4.95 2.75 8 2.75Z";
const DOWN = "m4.5 6.5 3.5 3.5 3.5-3.5";

/** Sizes as in the look: launcher 56 round, 20 from the corner; panel 384 wide; the whole screen up to 480. */
const CSS = `
:host{all:initial;position:fixed;z-index:2147483000;inset:auto;direction:ltr}
:host([data-dir=rtl]){direction:rtl}
*{box-sizing:border-box}
button,.panel{position:fixed;inset-block-end:20px;inset-inline-end:20px}
:host([data-position=start]) :is(button,.panel){inset-inline:20px auto}
button{display:grid;place-items:center;width:56px;height:56px;margin:0;padding:0;border:0;border-radius:50%;background:var(--brand);color:var(--on);cursor:pointer;box-shadow:0 0 0 1px rgb(255 255 255/.2),0 2px 6px rgb(16 18 24/.16),0 8px 24px rgb(16 18 24/.2)}
button:focus-visible{outline:3px solid var(--brand);outline-offset:3px}
svg{width:26px;height:26px;fill:none;stroke:currentColor;stroke-width:1.5;stroke-linecap:round;stroke-linejoin:round}
i{position:absolute;inset-block-start:-2px;inset-inline-end:-2px;min-width:20px;height:20px;padding:0 5px;border-radius:10px;background:#c4314b;color:#fff;font:600 12px/20px system-ui,sans-serif;text-align:center;box-shadow:0 0 0 2px #fff}
.panel{inset-block-end:88px;width:384px;max-width:calc(100vw - 40px);height:min(680px,100dvh - 108px);overflow:hidden;border-radius:16px;background:Canvas;box-shadow:0 0 0 1px rgb(16 18 24/.08),0 4px 12px rgb(16 18 24/.08),0 20px 56px rgb(16 18 24/.2);animation:in .15s ease-out}
.panel[data-theme=dark]{background:#141518;box-shadow:0 0 0 1px rgb(255 255 255/.12),0 4px 12px rgb(16 18 24/.08),0 20px 56px rgb(0 0 0/.6)}
.panel[data-theme=light]{background:#fff}
[hidden]{display:none!important}
iframe{display:block;width:100%;height:100%;border:0}
@keyframes in{from{opacity:0;transform:translateY(12px)}}
@media(max-width:480px){.panel,:host([data-position=start]) .panel{inset:0;width:auto;max-width:none;height:100dvh;border-radius:0;box-shadow:none}:host([data-open]) button{display:none}}
@media(prefers-reduced-motion:reduce){.panel{animation:none}}
@media print{:host{display:none}}
`;

export interface LauncherOptions {
  readonly config: Pick<VisitorConfigJson, "accentColor" | "position" | "theme">;
  readonly words: LauncherWords;
  readonly direction: "ltr" | "rtl";
  onToggle(): void;
}

export class Launcher {
  readonly #host = document.createElement("div");
  readonly #button = document.createElement("button");
  readonly #badge = document.createElement("i");
  readonly #path = document.createElementNS(SVG, "path");
  readonly #panel = document.createElement("div");
  readonly #words: LauncherWords;
  #unread = 0;

  constructor({ config, words, direction, onToggle }: LauncherOptions) {
    this.#words = words;
    const host = this.#host;
    host.dataset["parley"] = "";
    host.dataset["position"] = config.position;
    host.dataset["dir"] = direction;
    // By script, not as attributes: a site's CSP may forbid inline styles.
    host.style.setProperty("--brand", config.accentColor);
    host.style.setProperty("--on", onColor(config.accentColor));
    const root = host.attachShadow({ mode: "open" });
    addStyles(root);

    const icon = document.createElementNS(SVG, "svg");
    icon.setAttribute("viewBox", "0 0 16 16");
    icon.setAttribute("aria-hidden", "true");
    this.#path.setAttribute("vector-effect", "non-scaling-stroke");
    icon.append(this.#path);
    this.#badge.hidden = true;
    this.#badge.setAttribute("aria-hidden", "true");
    this.#button.type = "button";
    this.#button.append(icon, this.#badge);
    this.#button.addEventListener("click", onToggle);
    this.#panel.className = "panel";
    this.#panel.hidden = true;
    this.#panel.dataset["theme"] = config.theme;
    root.append(this.#panel, this.#button);
    this.#show(false);
  }

  /** Puts it on the page. */
  attach(): void {
    document.body.append(this.#host);
  }

  /** Puts the frame into the panel. */
  hold(frame: HTMLIFrameElement): void {
    this.#panel.replaceChildren(frame);
  }

  set isOpen(isOpen: boolean) {
    this.#panel.hidden = !isOpen;
    this.#host.toggleAttribute("data-open", isOpen);
    this.#show(isOpen);
  }

  /** Replies not read; also said in the button's name. */
  set unread(count: number) {
    this.#unread = count;
    this.#badge.textContent = count > 99 ? "99+" : String(count);
    this.#show(!this.#panel.hidden);
  }

  focus(): void {
    this.#button.focus();
  }

  #show(isOpen: boolean): void {
    const { open, close, unread } = this.#words;
    const hasNews = !isOpen && this.#unread > 0;
    this.#badge.hidden = !hasNews;
    this.#path.setAttribute("d", isOpen ? DOWN : CHAT);
    this.#button.setAttribute("aria-expanded", String(isOpen));
    const name = isOpen ? close : hasNews ? `${open}, ${unread(this.#unread)}` : open;
    this.#button.setAttribute("aria-label", name);
  }
}

function addStyles(root: ShadowRoot): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(CSS);
  root.adoptedStyleSheets = [sheet];
}
