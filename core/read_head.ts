import { joinBytes } from "./join_bytes.ts";

/**
 * The first bytes of a stream, to tell what it is before it is read on.
 * @param bytes how many are wanted; `head` has fewer only when the stream ends before, and may have some more
 * @returns `whole`: what was read, then what comes
 * @throws what the stream fails with
 */
export async function readHead(
  stream: ReadableStream<Uint8Array>,
  bytes: number,
): Promise<{ readonly head: Uint8Array; readonly whole: ReadableStream<Uint8Array> }> {
  const reader = stream.getReader();
  const pieces: Uint8Array[] = [];
  let read = 0;
  while (read < bytes) {
    const { done, value } = await reader.read();
    if (done) break;
    pieces.push(value);
    read += value.length;
  }
  const head = joinBytes(pieces);
  const whole = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(head),
    async pull(controller) {
      const { done, value } = await reader.read();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    cancel: (reason) => reader.cancel(reason),
  });
  return { head, whole };
}
