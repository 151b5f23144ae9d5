/** The saved views the reader sees, in their order. */
import { type ReadonlySignal, signal } from "@preact/signals";
import type { ApiView, ApiViewInput, ApiViewPatch } from "../../../core/model/api_views.ts";
import { ok, type Result } from "../../../core/result.ts";
import type { Api, ApiFailure } from "./api.ts";

type ViewsApi = Pick<Api, "createView" | "deleteView" | "updateView" | "views">;

export class ViewStore {
  readonly #api: ViewsApi;
  readonly #views;
  #reads = 0;

  readonly all: ReadonlySignal<readonly ApiView[]>;

  constructor(api: ViewsApi, first: readonly ApiView[]) {
    this.#api = api;
    this.#views = signal(first);
    this.all = this.#views;
  }

  /** Subscribes the caller, when that is a component or a computed signal. */
  get(id: string): ApiView | undefined {
    return this.#views.value.find((view) => view.id === id);
  }

  /** Reads them anew; of several readings the latest counts. */
  async refresh(): Promise<void> {
    const reading = ++this.#reads;
    const answer = await this.#api.views();
    if (answer.ok && reading === this.#reads) this.#views.value = answer.value.items;
  }

  async create(input: ApiViewInput): Promise<Result<ApiView, ApiFailure>> {
    const answer = await this.#api.createView(input);
    if (answer.ok) await this.refresh();
    return answer;
  }

  async update(id: string, patch: ApiViewPatch): Promise<Result<ApiView, ApiFailure>> {
    const answer = await this.#api.updateView(id, patch);
    if (answer.ok) await this.refresh();
    return answer;
  }

  async remove(id: string): Promise<Result<null, ApiFailure>> {
    const answer = await this.#api.deleteView(id);
    if (!answer.ok) return answer;
    this.#reads++;
    this.#views.value = this.#views.peek().filter((view) => view.id !== id);
    return ok(null);
  }

  /** Puts a view `step` places further, at once; it goes back when the server refuses. */
  async move(id: string, step: 1 | -1): Promise<Result<ApiView, ApiFailure> | null> {
    const before = this.#views.peek();
    const from = before.findIndex((view) => view.id === id);
    const to = from + step;
    const view = before[from];
    if (view === undefined || before[to] === undefined) return null;
    return await this.#place(view, before.toSpliced(from, 1).toSpliced(to, 0, view));
  }

  /** Puts a view before another one. */
  async drop(id: string, beforeId: string): Promise<Result<ApiView, ApiFailure> | null> {
    const view = this.#views.peek().find((one) => one.id === id);
    const rest = this.#views.peek().filter((one) => one.id !== id);
    const to = rest.findIndex((one) => one.id === beforeId);
    return view === undefined || to === -1
      ? null
      : await this.#place(view, rest.toSpliced(to, 0, view));
  }

  async #place(
    view: ApiView,
    after: readonly ApiView[],
  ): Promise<Result<ApiView, ApiFailure>> {
    const before = this.#views.peek();
    this.#views.value = after;
    const afterId = after[after.indexOf(view) - 1]?.id ?? null;
    const answer = await this.update(view.id, { afterId });
    if (!answer.ok) this.#views.value = before;
    return answer;
  }
}
