import type { FoundMail } from "./read_mbox.ts";

/** Names of the mails of a Maildir, oldest first: names begin with the time of delivery. */
export async function listMaildir(folder: string): Promise<readonly string[]> {
  const names: string[] = [];
  for (const part of ["cur", "new"]) {
    try {
      for await (const entry of Deno.readDir(`${folder}/${part}`)) {
        if (entry.isFile && !entry.name.startsWith(".")) names.push(`${part}/${entry.name}`);
      }
    } catch (cause) {
      if (!(cause instanceof Deno.errors.NotFound)) throw cause;
      throw new Error(`it has no folder "${part}": it is no Maildir`, { cause });
    }
  }
  const timeOf = (name: string) => Number.parseInt(name.slice(name.indexOf("/") + 1)) || 0;
  return names.sort((a, b) => timeOf(a) - timeOf(b) || (a < b ? -1 : 1));
}

/** Mails of a Maildir, one at a time; what was moved away meanwhile is passed over. */
export async function* readMaildir(
  folder: string,
  names: readonly string[],
  maxBytes: number,
): AsyncGenerator<FoundMail> {
  for (const [index, name] of names.entries()) {
    const path = `${folder}/${name}`;
    const where = { where: name, done: index + 1 };
    try {
      const { size } = await Deno.stat(path);
      yield { bytes: size > maxBytes ? null : await Deno.readFile(path), ...where };
    } catch (cause) {
      if (!(cause instanceof Deno.errors.NotFound)) throw cause;
    }
  }
}
