/** Where in a document that is sent piece by piece the pieces go. */
export const HERE = '<template data-here="pieces"></template>';

export interface StreamedDocument {
  /** A whole document with {@link HERE} in it; what stands before it is sent at once. */
  readonly begin: string;
  /** HTML as it comes. */
  readonly pieces: AsyncIterable<string>;
  /** The same document as it ends: what stands behind the place is sent last. */
  end(): Promise<string>;
  /** The reader is gone. */
  cancel(): void;
}

/**
 * Sends a page that grows while something is done, without any script: the browser shows each piece as it comes.
 * @throws TypeError for a document without the place
 */
export function streamDocument({ begin, pieces, end, cancel }: StreamedDocument): Response {
  const [head] = halves(begin);
  async function* all(): AsyncGenerator<string, void> {
    yield head;
    for await (const piece of pieces) yield piece;
    yield halves(await end())[1];
  }
  const source = all();
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const next = await source.next();
      if (next.done) controller.close();
      else controller.enqueue(encoder.encode(next.value));
    },
    async cancel() {
      cancel();
      // Whatever is held open for the next piece is closed.
      await source.return();
    },
  });
  return new Response(body, {
    headers: {
      "content-type": "text/html; charset=utf-8",
      // Proxies that collect answers would show nothing until the end.
      "x-accel-buffering": "no",
    },
  });
}

function halves(html: string): readonly [string, string] {
  const at = html.indexOf(HERE);
  if (at < 0) throw new TypeError("Cannot stream a document: it has no place for its pieces");
  return [html.slice(0, at), html.slice(at + HERE.length)];
}
