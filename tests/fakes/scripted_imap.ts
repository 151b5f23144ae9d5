/** An IMAP server as bad as a test wants it: a folder of mails, some of which break the connection when fetched. */
import { createServer, type Socket } from "node:net";

export interface ScriptedImap extends AsyncDisposable {
  readonly port: number;
  /** By UID. */
  readonly mails: Map<number, string>;
  /** UIDs at which the connection breaks in the middle of the mail. */
  readonly breaksAt: Set<number>;
  /** UIDs at which it breaks before their headers too. */
  readonly breaksHeadersAt: Set<number>;
  /** UIDs that are left out of answers which hold several. */
  readonly leavesOut: Set<number>;
  /** Commands as they came, without tags. */
  readonly commands: readonly string[];
}

/** Opens it on a free port of 127.0.0.1; it lets everybody in. */
export async function openScriptedImap(): Promise<ScriptedImap> {
  const mails = new Map<number, string>();
  const breaksAt = new Set<number>();
  const breaksHeadersAt = new Set<number>();
  const leavesOut = new Set<number>();
  const commands: string[] = [];
  const sockets = new Set<Socket>();

  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    socket.on("error", () => {});
    socket.write("* OK [CAPABILITY IMAP4rev1] ready\r\n");
    let rest = "";
    socket.on("data", (data) => {
      const lines = (rest + data.toString("latin1")).split("\r\n");
      rest = lines.pop() ?? "";
      for (const line of lines) answer(socket, line);
    });
  });

  function answer(socket: Socket, line: string): void {
    const [, tag = "*", command = ""] = /^(\S+) (.*)$/.exec(line) ?? [];
    commands.push(command);
    const done = (...said: readonly string[]) =>
      socket.write([...said, `${tag} OK done`].map((text) => `${text}\r\n`).join(""));
    const word = command.toUpperCase();
    if (word.startsWith("CAPABILITY")) return void done("* CAPABILITY IMAP4rev1");
    if (word.startsWith("LIST")) return void done('* LIST () "/" INBOX');
    if (word.startsWith("EXAMINE") || word.startsWith("SELECT")) {
      const next = Math.max(0, ...mails.keys()) + 1;
      return void done(
        `* ${mails.size} EXISTS`,
        "* FLAGS (\\Seen)",
        "* OK [UIDVALIDITY 7] ok",
        `* OK [UIDNEXT ${next}] ok`,
      );
    }
    // Its search knows no ranges and always tells all: whoever asked has to look.
    if (word.startsWith("UID SEARCH")) return void done(`* SEARCH ${[...mails.keys()].join(" ")}`);
    if (word.startsWith("UID FETCH")) return fetch(socket, word, done);
    done();
  }

  function fetch(socket: Socket, word: string, done: (...said: readonly string[]) => void): void {
    const uids = uidsOf(word.split(" ")[2] ?? "");
    const said: string[] = [];
    for (const uid of uids) {
      const mail = mails.get(uid);
      if (mail === undefined || (uids.length > 1 && leavesOut.has(uid))) continue;
      const seq = [...mails.keys()].indexOf(uid) + 1;
      const head = `* ${seq} FETCH (UID ${uid} INTERNALDATE "02-Mar-2026 08:00:00 +0000"`;
      const isHeader = word.includes("BODY.PEEK[HEADER");
      if (word.includes("BODY.PEEK[")) {
        const text = isHeader ? mail.slice(0, mail.indexOf("\r\n\r\n") + 4) : mail;
        const literal = `${isHeader ? "BODY[HEADER]" : "BODY[]"} {${text.length}}\r\n`;
        if ((isHeader ? breaksHeadersAt : breaksAt).has(uid)) {
          socket.write(`${head} ${literal}${text.slice(0, 5)}`, () => socket.destroy());
          return;
        }
        said.push(`${head} ${literal}${text})`);
      } else said.push(`${head} RFC822.SIZE ${mail.length})`);
    }
    done(...said);
  }

  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  return {
    port: typeof address === "object" && address !== null ? address.port : 0,
    mails,
    breaksAt,
    breaksHeadersAt,
    leavesOut,
    commands,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

/** "1,3:5" as numbers. */
function uidsOf(set: string): readonly number[] {
  return set.split(",").flatMap((part) => {
    const [from = 0, to = from] = part.split(":").map(Number);
    return Array.from({ length: to - from + 1 }, (_, i) => from + i);
  });
}
