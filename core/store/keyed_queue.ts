/** Work in turn, by name: whatever has the same name runs one after the other. */
export class KeyedQueue {
  readonly #tails = new Map<string, Promise<void>>();

  /** Names with work running or waiting. */
  get size(): number {
    return this.#tails.size;
  }

  /** Runs after all earlier work of this name, however that ended. */
  run<T>(name: string, work: () => Promise<T>): Promise<T> {
    const before = this.#tails.get(name);
    const result = before ? before.then(work) : work();
    const tail = result.then(ignore, ignore).then(() => {
      if (this.#tails.get(name) === tail) this.#tails.delete(name);
    });
    this.#tails.set(name, tail);
    return result;
  }
}

/** The caller of `run` handles the outcome; those after it only wait. */
function ignore(): void {}
