import { expectJson, send } from "./send.ts";

/** Somebody at the widget with a conversation of their own. */
export interface BenchVisitor {
  /** Writes into it and waits for the answer. @returns the message's id in the answer */
  write(text: string): Promise<string>;
}

/** Opens sessions and a conversation in each. */
export async function makeVisitors(
  url: string,
  channelId: string,
  count: number,
): Promise<readonly BenchVisitor[]> {
  const base = `${url}/visitor/v1/${channelId}`;
  const visitors: BenchVisitor[] = [];
  for (let i = 0; i < count; i++) {
    const session = await expectJson(await send(`${base}/session`, { json: {} }), 201);
    const headers = { authorization: `Bearer ${session["token"]}` };
    const message = { id: crypto.randomUUID(), text: `Hello, this is visitor ${i}` };
    const begun = await send(`${base}/conversations`, { headers, json: { message } });
    const address = `${base}/conversations/${(await expectJson(begun, 201))["id"]}/messages`;
    visitors.push({
      async write(text) {
        const id = crypto.randomUUID();
        const response = await send(address, { headers, json: { id, text } });
        return String((await expectJson(response, 201))["id"]);
      },
    });
  }
  return visitors;
}
