import { PASSWORD } from "./bench_world.ts";
import { percentile } from "./measurements.ts";
import { send } from "./send.ts";

/** Signs an agent in. @returns their cookie */
export async function signIn(url: string, email: string, password = PASSWORD): Promise<string> {
  const response = await send(`${url}/api/v1/session`, {
    json: { email, password },
    headers: { origin: url },
  });
  await response.body?.cancel();
  const cookie = response.headers.get("set-cookie")?.split(";", 1)[0];
  if (cookie === undefined) throw new Error(`Cannot sign in: ${response.status}`);
  return cookie;
}

/** Opens an address again and again, one after the other. @returns p95 in ms until the whole answer is read */
export async function measurePage(
  { url, path, cookie, times }: {
    readonly url: string;
    readonly path: string;
    readonly cookie: string;
    readonly times: number;
  },
): Promise<number> {
  const took: number[] = [];
  for (let i = 0; i < times; i++) {
    const startedAt = performance.now();
    const response = await send(url + path, { headers: { cookie } });
    const text = await response.text();
    took.push(performance.now() - startedAt);
    if (response.status !== 200 || text.length < 10_000) {
      throw new Error(`Cannot measure ${path}: ${response.status}, ${text.length} characters`);
    }
  }
  return percentile(took, 0.95);
}
