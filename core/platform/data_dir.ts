import { err, ok, type Result } from "../result.ts";

/** Why there is no folder for data, in words for the terminal. */
export interface DataDirError {
  readonly code: "cannot_make_folder";
  readonly message: string;
}

/** Makes the folder of the database, the lock and the secret, which only its owner can look into. */
export async function makeDataDir(path: string): Promise<Result<null, DataDirError>> {
  try {
    await Deno.mkdir(path, { recursive: true, mode: 0o700 });
    return ok(null);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return err({
      code: "cannot_make_folder",
      message: `PARLEY_DATA names a folder that cannot be made: ${reason}`,
    });
  }
}
