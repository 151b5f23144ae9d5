import { parentPort } from "node:worker_threads";
import type { SideProcedure } from "../ports.ts";
import type { FromSide, ToSide } from "./side_message.ts";

/**
 * The side thread's end: does what it is told. Whoever started it sends one task at a time.
 * @throws Error when this is no worker
 */
export function serveSideWork(procedures: Readonly<Record<string, SideProcedure>>): void {
  const port = parentPort;
  if (port === null) throw new Error("Cannot serve side work: this is the main thread");
  const waiting = new Map<number, (value: unknown) => void>();
  let questions = 0;
  const send = (message: FromSide, transfer: readonly ArrayBuffer[] = []) =>
    port.postMessage(message, [...transfer]);

  async function run({ task, work, input }: Extract<ToSide, { kind: "task" }>): Promise<void> {
    const ask = (asked: unknown) => {
      const { promise, resolve } = Promise.withResolvers<unknown>();
      const question = ++questions;
      waiting.set(question, resolve);
      send({ kind: "ask", task, question, asked });
      return promise;
    };
    try {
      const procedure = procedures[work];
      if (procedure === undefined) throw new TypeError(`Cannot do "${work}": it is not known`);
      const { value, transfer } = await procedure(input, ask);
      send({ kind: "done", task, value }, transfer);
    } catch (error) {
      send({ kind: "threw", task, name: error instanceof Error ? error.name : "unknown" });
    }
    waiting.clear();
  }

  port.on("message", (message: ToSide) => {
    if (message.kind === "task") void run(message);
    else {
      waiting.get(message.question)?.(message.value);
      waiting.delete(message.question);
    }
  });
  send({ kind: "ready", task: 0 });
}
