/**
 * `/widget.js`: runs on a site's page. Draws the launcher, loads the frame when it is first needed, and is
 * `window.Parley`. Calls made before it has loaded are kept: `(window.Parley ||= []).push(["open"])`.
 */
import type { VisitorConfigJson } from "@/core/model/visitor_api.ts";
import { HELLO, type Hello, type ToFrame, type ToPage } from "./bridge.ts";
import { Launcher } from "./launcher.ts";
import { launcherWords } from "./launcher_words.ts";

type Listener = (detail?: unknown) => void;
type EventName = "ready" | "open" | "close" | "unread" | "message" | "identified" | "error";

class Widget {
  readonly #origin: string;
  readonly #channelId: string;
  readonly #listeners = new Map<string, Set<Listener>>();
  readonly #options: DOMStringMap;
  #launcher: Launcher | null = null;
  #port: MessagePort | null = null;
  #frame: HTMLIFrameElement | null = null;
  /** For the frame, until it listens. */
  #waiting: ToFrame[] = [];
  #isOpen = false;

  constructor(script: HTMLScriptElement, channelId: string) {
    this.#origin = new URL(script.src).origin;
    this.#channelId = channelId;
    this.#options = script.dataset;
  }

  /** Calls by name, as the queue before load holds them. */
  push(...calls: readonly unknown[]): void {
    for (const call of calls) {
      if (!Array.isArray(call)) continue;
      const [name, ...args] = call;
      // A closed list: nothing of the prototype can be called by a name from the page.
      switch (name) {
        case "open":
        case "close":
        case "toggle":
        case "reset":
          this[name as "open"]();
          break;
        case "identify":
          this.identify(args[0]);
          break;
        case "on":
        case "off":
          this[name as "on"](args[0], args[1]);
      }
    }
  }

  open(): void {
    if (this.#isOpen) return;
    this.#isOpen = true;
    this.#loadFrame();
    this.#apply();
    this.#tell({ type: "open" });
    this.#emit("open");
  }

  close(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#apply();
    this.#tell({ type: "close" });
    this.#launcher?.focus();
    this.#emit("close");
  }

  toggle(): void {
    if (this.#isOpen) this.close();
    else this.open();
  }

  /** @param token signed by the site's server: a JWT, or `{token}` with one. */
  identify(identity: unknown): void {
    const token = typeof identity === "object" && identity !== null && "token" in identity
      ? identity.token
      : identity;
    if (typeof token !== "string") return;
    this.#loadFrame();
    this.#tell({ type: "identify", token });
  }

  /** Forgets the visitor on this device: for when they sign out of the site. */
  reset(): void {
    // The frame alone holds what is to be forgotten.
    if (this.#wasUsed()) this.#loadFrame();
    this.#tell({ type: "reset" });
    this.#remember(false);
  }

  on(name: EventName, listener: Listener): void {
    if (typeof listener !== "function") return;
    const listeners = this.#listeners.get(name) ?? new Set();
    this.#listeners.set(name, listeners.add(listener));
  }

  off(name: EventName, listener: Listener): void {
    this.#listeners.get(name)?.delete(listener);
  }

  /** Draws the launcher once the page has its own things done. */
  async start(): Promise<void> {
    const page = encodeURIComponent(pageAddress());
    const path = `/visitor/v1/${encodeURIComponent(this.#channelId)}/config?url=${page}`;
    // A refusal for this site is no answer to its scripts: the browser says no more than that it failed.
    const response = await fetch(this.#origin + path, { credentials: "omit" }).catch(() => null);
    if (!response?.ok) {
      console.warn("Parley: the chat does not answer here; are this site's allowed domains right?");
      return this.#emit("error");
    }
    // Our own server's answer, of the shape its schema says.
    const config = await response.json() as VisitorConfigJson;
    this.#launcher = new Launcher({
      config: { ...config, theme: this.#theme() ?? config.theme },
      words: launcherWords(this.#locale()),
      direction: getComputedStyle(document.documentElement).direction === "rtl" ? "rtl" : "ltr",
      onToggle: () => this.toggle(),
    });
    if (this.#frame) this.#launcher.hold(this.#frame);
    this.#launcher.attach();
    this.#apply();
    // Who wrote before is told of answers without opening the chat.
    if (this.#wasUsed()) this.#loadFrame();
    this.#emit("ready");
  }

  #apply(): void {
    if (this.#launcher) this.#launcher.isOpen = this.#isOpen;
    if (this.#isOpen) this.#frame?.focus();
  }

  #loadFrame(): void {
    if (this.#frame) return;
    const frame = document.createElement("iframe");
    this.#frame = frame;
    const url = new URL(`/widget/${encodeURIComponent(this.#channelId)}`, this.#origin);
    url.searchParams.set("locale", this.#locale());
    frame.src = url.href;
    frame.title = launcherWords(this.#locale()).title;
    frame.allow = "clipboard-write";
    frame.addEventListener("load", () => this.#connect(frame));
    this.#launcher?.hold(frame);
  }

  #connect(frame: HTMLIFrameElement): void {
    const { port1, port2 } = new MessageChannel();
    const hello: Hello = { type: HELLO, page: pageAddress(), theme: this.#theme() };
    port1.onmessage = ({ data }: MessageEvent<ToPage>) => this.#hear(data);
    this.#port = port1;
    // To our own origin only: the token of an identity goes this way.
    frame.contentWindow?.postMessage(hello, this.#origin, [port2]);
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const message of waiting) port1.postMessage(message);
    if (this.#isOpen) frame.focus();
  }

  #hear(message: ToPage): void {
    switch (message.type) {
      case "close":
        return this.close();
      case "unread":
        if (this.#launcher) this.#launcher.unread = message.count;
        return this.#emit("unread", message.count);
      case "session":
        return this.#remember(message.isKept);
      case "event":
        return this.#emit(message.name);
    }
  }

  #tell(message: ToFrame): void {
    if (this.#port) this.#port.postMessage(message);
    else this.#waiting.push(message);
  }

  #emit(name: EventName, detail?: unknown): void {
    for (const listener of this.#listeners.get(name) ?? []) {
      try {
        listener(detail);
      } catch (error) {
        // The site's own fault, shown as if it were uncaught.
        reportError(error);
      }
    }
  }

  /** One word on the site's own storage, and only after the visitor wrote: load the frame next time too. */
  #remember(isKept: boolean): void {
    try {
      if (isKept) localStorage.setItem(this.#key, "1");
      else localStorage.removeItem(this.#key);
    } catch {
      // The page may have no storage: the chat loads when it is opened.
    }
  }

  #wasUsed(): boolean {
    try {
      return localStorage.getItem(this.#key) !== null;
    } catch {
      return false;
    }
  }

  get #key(): string {
    return `parley.${this.#channelId}`;
  }

  #locale(): string {
    return this.#options["locale"] || document.documentElement.lang || navigator.language || "en";
  }

  #theme(): Hello["theme"] {
    const theme = this.#options["theme"];
    return theme === "auto" || theme === "light" || theme === "dark" ? theme : null;
  }
}

/** Without the fragment, which pages use for anything. */
function pageAddress(): string {
  return location.href.split("#")[0]?.slice(0, 2000) ?? "";
}

function begin(): void {
  const script = document.currentScript;
  const holder = window as { Parley?: unknown };
  const earlier: unknown = holder.Parley;
  const isTaken = earlier !== undefined && !Array.isArray(earlier);
  // The snippet may stand on a page twice; each run has its own classes.
  if (!(script instanceof HTMLScriptElement) || isTaken) return;
  const channelId = script.dataset["channel"];
  if (!channelId) return console.warn('Parley: the script tag needs data-channel="…"');
  const widget = new Widget(script, channelId);
  holder.Parley = widget;
  if (Array.isArray(earlier)) widget.push(...earlier);
  const start = () => void widget.start();
  if (document.readyState !== "loading") start();
  else document.addEventListener("DOMContentLoaded", start, { once: true });
}

begin();
