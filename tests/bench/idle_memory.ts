/** Memory a process holds. Linux only. @returns MB (10⁶ bytes) */
export async function readResidentMb(pid: number): Promise<number> {
  return await readMb(pid, "VmRSS");
}

/** The most memory it ever held. Linux only. @returns MB (10⁶ bytes) */
export async function readPeakMb(pid: number): Promise<number> {
  return await readMb(pid, "VmHWM");
}

async function readMb(pid: number, field: "VmRSS" | "VmHWM"): Promise<number> {
  const status = await Deno.readTextFile(`/proc/${pid}/status`);
  const kib = new RegExp(`^${field}:\\s+(\\d+) kB`, "m").exec(status)?.[1];
  if (kib === undefined) throw new Error(`Cannot read the memory of process ${pid}`);
  return Number(kib) * 1_024 / 1e6;
}
