/** What just happened, and the way back while there is one. */
import { type ReadonlySignal, signal } from "@preact/signals";
import type { IconName } from "../../(_components)/icon_names.ts";

export interface ToastAction {
  readonly label: string;
  run(): void;
}

export interface ToastItem {
  readonly id: number;
  readonly icon: IconName;
  readonly text: string;
  readonly action: ToastAction | null;
  /** `z` runs the action. */
  readonly isUndo: boolean;
  /** Epoch ms when it goes away; a countdown is shown when the action ends with it. */
  readonly endsAt: number;
  readonly hasCountdown: boolean;
  /** Id of what it is about; null where nobody asks. */
  readonly about: string | null;
}

export interface ToastInput {
  readonly icon?: IconName;
  readonly text: string;
  readonly action?: ToastAction;
  readonly isUndo?: boolean;
  readonly lastsMs?: number;
  readonly hasCountdown?: boolean;
  readonly about?: string;
}

export interface ToastPorts {
  now(): number;
  /** @returns what cancels it. */
  after(ms: number, run: () => void): () => void;
}

const LASTS_MS = 6_000;
/** More would cover the composer. */
const MAX_TOASTS = 3;

export class ToastStore {
  readonly #ports: ToastPorts;
  readonly #items = signal<readonly ToastItem[]>([]);
  readonly #cancels = new Map<number, () => void>();
  #lastId = 0;

  constructor(ports: ToastPorts) {
    this.#ports = ports;
  }

  get items(): ReadonlySignal<readonly ToastItem[]> {
    return this.#items;
  }

  /** @returns its id, for {@link ToastStore.dismiss}. */
  show(input: ToastInput): number {
    const id = ++this.#lastId;
    const lastsMs = input.lastsMs ?? LASTS_MS;
    const item: ToastItem = {
      id,
      icon: input.icon ?? "check",
      text: input.text,
      action: input.action ?? null,
      isUndo: input.isUndo ?? false,
      endsAt: this.#ports.now() + lastsMs,
      hasCountdown: input.hasCountdown ?? false,
      about: input.about ?? null,
    };
    const shown = [...this.#items.peek(), item];
    for (const { id } of shown.slice(0, -MAX_TOASTS)) this.dismiss(id);
    this.#items.value = shown.slice(-MAX_TOASTS);
    this.#cancels.set(id, this.#ports.after(lastsMs, () => this.dismiss(id)));
    return id;
  }

  dismiss(id: number): void {
    this.#cancels.get(id)?.();
    this.#cancels.delete(id);
    this.#items.value = this.#items.peek().filter((item) => item.id !== id);
  }

  /** Something else was done with it: the way back leads nowhere any more. */
  dismissAbout(about: string): void {
    for (const item of this.#items.peek()) if (item.about === about) this.dismiss(item.id);
  }

  /** Runs the action of a toast, once. */
  act(id: number): void {
    const item = this.#items.peek().find((item) => item.id === id);
    if (item === undefined) return;
    this.dismiss(id);
    item.action?.run();
  }

  /** Takes back the latest thing that can be taken back. @returns false when there is none. */
  undo(): boolean {
    const item = this.#items.peek().findLast(({ isUndo }) => isUndo);
    if (item === undefined) return false;
    this.act(item.id);
    return true;
  }

  [Symbol.dispose](): void {
    for (const cancel of this.#cancels.values()) cancel();
    this.#cancels.clear();
  }
}
