/** Files on their way. Each becomes a message of its own, once it is on the server. */
import type { VisitorApi } from "./api.ts";
import type { Sender } from "./sender.ts";
import type { Session } from "./session.ts";
import type { Upload } from "./state.ts";
import type { Store } from "./store.ts";

export interface UploadsOptions {
  readonly api: Pick<VisitorApi, "upload">;
  readonly store: Store;
  readonly session: Pick<Session, "ensure">;
  readonly sender: Pick<Sender, "enqueue">;
}

export class Uploads {
  readonly #options: UploadsOptions;
  readonly #files = new Map<string, { readonly file: File; readonly control: AbortController }>();

  constructor(options: UploadsOptions) {
    this.#options = options;
  }

  /** @param key the id of the message it will be; `thread`: where it goes. */
  add(key: string, thread: string, file: File): void {
    const { store } = this.#options;
    const maxBytes = store.state.config?.limits.maxFileBytes ?? 0;
    const isTooLarge = file.size > maxBytes;
    const upload: Upload = {
      key,
      thread,
      name: file.name,
      size: file.size,
      sent: 0,
      state: isTooLarge ? "failed" : "sending",
      problem: isTooLarge ? "too_large" : null,
    };
    store.set({ uploads: [...store.state.uploads, upload] });
    if (!isTooLarge) void this.#upload(key, file);
  }

  retry(key: string): void {
    const file = this.#files.get(key)?.file;
    if (file !== undefined) void this.#upload(key, file);
  }

  cancel(key: string): void {
    const { store } = this.#options;
    this.#files.get(key)?.control.abort();
    this.#files.delete(key);
    store.set({ uploads: store.state.uploads.filter((one) => one.key !== key) });
  }

  cancelAll(): void {
    for (const { key } of this.#options.store.state.uploads) this.cancel(key);
  }

  async #upload(key: string, file: File): Promise<void> {
    const { api, store, session, sender } = this.#options;
    const control = new AbortController();
    this.#files.set(key, { file, control });
    this.#change(key, { state: "sending", problem: null, sent: 0 });
    const problem = await session.ensure();
    // What is counted includes the form around the file.
    const onProgress = (sent: number) => this.#change(key, { sent: Math.min(sent, file.size) });
    const answer = problem === null
      ? await api.upload(file, onProgress, control.signal)
      : { ok: false as const, error: problem };
    const upload = store.state.uploads.find((one) => one.key === key);
    if (control.signal.aborted || upload === undefined) return;
    if (!answer.ok) {
      const isRefused = answer.error.code === "refused";
      this.#change(key, { state: "failed", problem: isRefused ? "refused" : "unreachable" });
      return;
    }
    const { id, name, type, size } = answer.value;
    this.cancel(key);
    sender.enqueue({ id: key, thread: upload.thread, text: "", files: [{ id, name, type, size }] });
  }

  #change(key: string, change: Partial<Upload>): void {
    const { store } = this.#options;
    store.set({
      uploads: store.state.uploads.map((one) => one.key === key ? { ...one, ...change } : one),
    });
  }
}
