/** Name servers of a test: they know what they are given, and that there is nothing else. */
import type { Dns, DnsRecords } from "../../core/ports.ts";
import { err, ok } from "../../core/result.ts";

/** Records by name and type, as in a zone file: `"x.example TXT": ["v=spf1 -all"]`. "timeout": nobody answers. */
export type Zone = {
  [question: `${string} ${keyof DnsRecords}`]:
    | readonly DnsRecords[keyof DnsRecords][]
    | "timeout";
};

/** @param asked what was asked is added to it, such as "x.example TXT" */
export function fakeDns(zone: Zone, asked: string[] = []): Dns {
  return <T extends keyof DnsRecords>(name: string, type: T) => {
    const question = `${name.toLowerCase()} ${type}` as const;
    asked.push(question);
    const found = zone[question];
    if (found === undefined) return Promise.resolve(err("not_found" as const));
    if (found === "timeout") return Promise.resolve(err("unavailable" as const));
    // The zone's author wrote records of the type that stands in the question.
    return Promise.resolve(ok(found as readonly DnsRecords[T][]));
  };
}
