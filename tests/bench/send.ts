/** Posts JSON, or gets when there is none. */
export function send(
  url: string,
  { headers = {}, json }: {
    readonly headers?: Readonly<Record<string, string>>;
    readonly json?: unknown;
  } = {},
): Promise<Response> {
  if (json === undefined) return fetch(url, { headers });
  return fetch(url, {
    method: "POST",
    headers: { ...headers, "content-type": "application/json" },
    body: JSON.stringify(json),
  });
}

/** The answer's object. @throws Error with the answer when its status is another */
export async function expectJson(
  response: Response,
  status: number,
): Promise<Readonly<Record<string, unknown>>> {
  const text = await response.text();
  if (response.status !== status) {
    throw new Error(`Cannot go on: ${response.url} answered ${response.status}: ${text}`);
  }
  // Only objects are asked for here.
  return JSON.parse(text) as Readonly<Record<string, unknown>>;
}
