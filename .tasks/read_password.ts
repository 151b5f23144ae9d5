/**
 * Asks for a password without showing it; from a pipe, its first line.
 * @returns null when the person gave up.
 */
export async function readPassword(question: string): Promise<string | null> {
  if (!Deno.stdin.isTerminal()) return await readFirstLine();
  const first = await askHidden(question);
  if (first === null) return null;
  const second = await askHidden("Again: ");
  if (second === null) return null;
  if (first === second) return first;
  console.error("The two differ: try once more");
  return await readPassword(question);
}

async function readFirstLine(): Promise<string | null> {
  const text = await new Response(Deno.stdin.readable).text();
  const [line = ""] = text.split(/\r?\n/, 1);
  return line === "" ? null : line;
}

const KEYS = {
  enter: "\r",
  newline: "\n",
  interrupt: "\x03",
  end: "\x04",
  delete: "\x7f",
  back: "\b",
};

async function askHidden(question: string): Promise<string | null> {
  const decoder = new TextDecoder();
  const bytes = new Uint8Array(256);
  let typed = "";
  await write(question);
  // The terminal would echo what is typed.
  Deno.stdin.setRaw(true);
  try {
    while (true) {
      const length = await Deno.stdin.read(bytes);
      if (length === null) return null;
      for (const key of decoder.decode(bytes.subarray(0, length), { stream: true })) {
        if (key === KEYS.enter || key === KEYS.newline) return typed;
        if (key === KEYS.interrupt || key === KEYS.end) return null;
        if (key === KEYS.delete || key === KEYS.back) typed = [...typed].slice(0, -1).join("");
        else if (key >= " ") typed += key;
      }
    }
  } finally {
    Deno.stdin.setRaw(false);
    await write("\n");
  }
}

async function write(text: string): Promise<void> {
  await new Blob([text]).stream().pipeTo(Deno.stderr.writable, { preventClose: true });
}
