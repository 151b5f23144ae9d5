/**
 * What goes to the side thread. Bytes cross as `ArrayBuffer`s: Deno 2.9 takes time and memory for each single byte of a
 * `Uint8Array` that goes to or comes from a worker of Node's kind, and above 16 MB never delivers it.
 * `task` counts them: what is left of an ended one is known by it.
 */
export type ToSide =
  | {
    readonly kind: "task";
    readonly task: number;
    readonly work: string;
    readonly input: unknown;
  }
  | {
    readonly kind: "answer";
    readonly task: number;
    readonly question: number;
    readonly value: unknown;
  };

/** What comes from it: that it listens, then questions, and one end for each task. */
export type FromSide =
  & { readonly task: number }
  & (
    | { readonly kind: "ready" }
    | { readonly kind: "ask"; readonly question: number; readonly asked: unknown }
    | { readonly kind: "done"; readonly value: unknown }
    | { readonly kind: "threw"; readonly name: string }
  );
