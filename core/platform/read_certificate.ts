import { err, ok, type Result } from "../result.ts";

/** A certificate with its chain, and its key, as PEM. */
export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

/**
 * Reads `smtp.crt` and `smtp.key` of a folder.
 * @returns null when neither is there; the error is a sentence that names the file
 */
export async function readCertificate(
  folder: string,
): Promise<Result<Certificate | null, string>> {
  const [cert, key] = await Promise.all([
    readText(`${folder}/smtp.crt`),
    readText(`${folder}/smtp.key`),
  ]);
  if (!cert.ok) return cert;
  if (!key.ok) return key;
  if (cert.value === null && key.value === null) return ok(null);
  if (cert.value === null) return err(`"${folder}/smtp.crt" is missing beside smtp.key`);
  if (key.value === null) return err(`"${folder}/smtp.key" is missing beside smtp.crt`);
  if (!/-----BEGIN CERTIFICATE-----/.test(cert.value)) {
    return err(`"${folder}/smtp.crt" holds no certificate (PEM)`);
  }
  if (!/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(key.value)) {
    return err(`"${folder}/smtp.key" holds no private key (PEM)`);
  }
  return ok({ cert: cert.value, key: key.value });
}

async function readText(path: string): Promise<Result<string | null, string>> {
  try {
    return ok(await Deno.readTextFile(path));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return ok(null);
    return err(`Cannot read "${path}"`);
  }
}
