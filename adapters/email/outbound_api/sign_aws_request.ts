import { createHash, createHmac } from "node:crypto";

export interface AwsKeys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string | null;
}

/** Reads "access key id:secret access key", with ":session token" for temporary ones; null for anything else. */
export function readAwsKeys(text: string): AwsKeys | null {
  const [, accessKeyId, secretAccessKey, sessionToken = null] =
    /^([A-Z0-9]{8,128}):([A-Za-z0-9/+=]{8,128})(?::(\S+))?$/.exec(text) ?? [];
  return accessKeyId === undefined || secretAccessKey === undefined
    ? null
    : { accessKeyId, secretAccessKey, sessionToken };
}

/**
 * The headers that sign a request to Amazon (Signature Version 4).
 * @param request.headers signed too, beside Host and the time
 * @param now epoch ms
 */
export function signAwsRequest(
  request: {
    readonly method: string;
    readonly url: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string;
  },
  where: { readonly keys: AwsKeys; readonly region: string; readonly service: string },
  now: number,
): Readonly<Record<string, string>> {
  const { keys, region, service } = where;
  const { host, pathname, searchParams } = new URL(request.url);
  const time = new Date(now).toISOString().replace(/\.\d+|[:-]/g, "");
  const day = time.slice(0, 8);
  const added = {
    "X-Amz-Date": time,
    ...keys.sessionToken === null ? {} : { "X-Amz-Security-Token": keys.sessionToken },
  };
  const signed = Object.entries({ ...request.headers, ...added, Host: host })
    .map(([name, value]) => [name.toLowerCase(), value.trim().replace(/ +/g, " ")] as const)
    .sort(([a], [b]) => a < b ? -1 : 1);
  const names = signed.map(([name]) => name).join(";");
  searchParams.sort();
  const canonical = [
    request.method,
    pathname,
    searchParams.toString().replaceAll("+", "%20"),
    ...signed.map(([name, value]) => `${name}:${value}`),
    "",
    names,
    sha256(request.body),
  ].join("\n");
  const scope = `${day}/${region}/${service}/aws4_request`;
  const text = ["AWS4-HMAC-SHA256", time, scope, sha256(canonical)].join("\n");
  const key = [day, region, service, "aws4_request"].reduce<string | Uint8Array>(
    (last, word) => createHmac("sha256", last).update(word).digest(),
    `AWS4${keys.secretAccessKey}`,
  );
  const signature = createHmac("sha256", key).update(text).digest("hex");
  const credential = `Credential=${keys.accessKeyId}/${scope}`;
  return {
    ...request.headers,
    ...added,
    Authorization: `AWS4-HMAC-SHA256 ${credential}, SignedHeaders=${names}, Signature=${signature}`,
  };
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
