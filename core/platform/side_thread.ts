import { Worker } from "node:worker_threads";
import type { Log, SideTask, SideTaskError, SideThread } from "../ports.ts";
import { err, ok, type Result } from "../result.ts";
import type { FromSide, ToSide } from "./side_message.ts";

export interface SideThreadOptions {
  /** A module that calls `serveSideWork`. */
  readonly entry: URL;
  readonly log: Log;
  /** What a task may take; far above what the largest mail takes on a busy machine. Default: 30 s. */
  readonly deadlineMs?: number;
  /** Of JavaScript's heap; the bytes of mails lie outside of it. Default: 384. */
  readonly maxHeapMb?: number;
  /** A thread without work ends after this, and its memory with it. Default: 60 s. */
  readonly idleMs?: number;
  /** A thread that was too slow and gave no sign since is taken for dead after this. Default: 10 min. */
  readonly silentMs?: number;
}

/**
 * A busy thread does not stop when it is told to (Deno 2.9): one that was too slow runs on until its task ends, and then
 * says so. One that ran out of memory may be silent for ever. More than these would take the machine.
 */
const MAX_RUNAWAYS = 3;

/** The second thread, on Deno's workers. It starts with the first task. */
export function createSideThread(options: SideThreadOptions): SideThread {
  return new WorkerThread(options);
}

interface Started {
  readonly worker: Worker;
  /** When it listens. */
  readonly isReady: Promise<true>;
}

class WorkerThread implements SideThread {
  readonly #options: Required<SideThreadOptions>;
  /** With the time their task was given up. */
  readonly #runaways = new Map<Worker, number>();
  #worker: Started | null = null;
  #tasks = 0;
  #last: Promise<unknown> = Promise.resolve();
  #idle: ReturnType<typeof setTimeout> | undefined;
  #isClosed = false;
  #endTask: (reason: Error) => void = () => {};

  constructor(options: SideThreadOptions) {
    this.#options = {
      deadlineMs: 30_000,
      maxHeapMb: 384,
      idleMs: 60_000,
      silentMs: 600_000,
      ...options,
    };
  }

  run(task: SideTask): Promise<Result<unknown, SideTaskError>> {
    const result = this.#last.then(() => this.#runNow(task));
    this.#last = result.catch(() => {});
    return result;
  }

  async #runNow(given: SideTask): Promise<Result<unknown, SideTaskError>> {
    if (this.#isClosed) throw new Error("Cannot run a task: the side thread is closed");
    if (this.#isOverrun()) return err({ code: "unavailable" });
    clearTimeout(this.#idle);
    const { worker, isReady } = this.#worker ??= this.#start();
    const task = ++this.#tasks;
    const { promise, resolve, reject } = Promise.withResolvers<Result<unknown, SideTaskError>>();
    const onMessage = (message: FromSide) => {
      if (message.task !== task) return;
      if (message.kind === "done") resolve(ok(message.value));
      else if (message.kind === "threw") resolve(err({ code: "threw", name: message.name }));
      else if (message.kind === "ask") answer(given, message, worker).catch(reject);
    };
    const onLost = () => resolve(err({ code: "crashed" }));
    const deadline = setTimeout(() => resolve(err({ code: "too_slow" })), this.#options.deadlineMs);
    this.#endTask = reject;
    worker.on("message", onMessage).on("error", onLost).on("exit", onLost);
    try {
      const { work, input, transfer = [] } = given;
      // What is sent before it listens is lost.
      if (await Promise.race([isReady, promise]) === true) {
        post(worker, { kind: "task", task, work, input }, transfer);
      }
      const result = await promise;
      if (!result.ok && result.error.code !== "threw") this.#lose(worker, result.error);
      return result;
    } catch (cause) {
      // A question nobody could answer, or the end of it all: what it does now is of no use.
      this.#lose(worker, { code: "crashed" });
      throw cause;
    } finally {
      clearTimeout(deadline);
      this.#endTask = () => {};
      worker.off("message", onMessage).off("error", onLost).off("exit", onLost);
      if (!this.#isClosed) this.#idle = setTimeout(() => this.#end(), this.#options.idleMs);
    }
  }

  #start(): Started {
    const worker = new Worker(this.#options.entry, {
      resourceLimits: { maxOldGenerationSizeMb: this.#options.maxHeapMb },
    });
    // Without a listener, an error in it would end the process.
    worker.on("error", () => {});
    worker.once("exit", () => {
      if (this.#worker?.worker === worker) this.#worker = null;
    });
    worker.unref();
    const isReady = new Promise<true>((resolve) => worker.once("message", () => resolve(true)));
    return { worker, isReady };
  }

  /** The next task gets a new one. */
  #lose(worker: Worker, { code }: SideTaskError): void {
    this.#worker = null;
    if (!this.#isClosed) this.#options.log("warn", "side thread lost", { code });
    if (code !== "too_slow") return void worker.terminate();
    this.#runaways.set(worker, performance.now());
    worker.once("message", () => this.#forget(worker)).once("exit", () => this.#forget(worker));
  }

  #forget(worker: Worker): void {
    if (this.#runaways.delete(worker)) void worker.terminate();
  }

  #isOverrun(): boolean {
    const before = performance.now() - this.#options.silentMs;
    for (const [worker, since] of this.#runaways) if (since < before) this.#forget(worker);
    return this.#runaways.size >= MAX_RUNAWAYS;
  }

  #end(): void {
    clearTimeout(this.#idle);
    void this.#worker?.worker.terminate();
    this.#worker = null;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isClosed = true;
    this.#endTask(new Error("Cannot finish a task: the side thread was closed"));
    await this.#last;
    this.#end();
    for (const worker of this.#runaways.keys()) this.#forget(worker);
  }
}

async function answer(
  given: SideTask,
  { task, question, asked }: Extract<FromSide, { kind: "ask" }>,
  worker: Worker,
): Promise<void> {
  if (given.answer === undefined) throw new TypeError("Cannot answer: the task takes no questions");
  post(worker, { kind: "answer", task, question, value: await given.answer(asked) });
}

function post(worker: Worker, message: ToSide, transfer: readonly ArrayBuffer[] = []): void {
  worker.postMessage(message, [...transfer]);
}
