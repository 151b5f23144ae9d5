import { useRef } from "preact/hooks";

/**
 * Names tries at the same: what is sent again because nobody knows whether it arrived has the key it had, so that it happens
 * once; what was changed since has another.
 */
export function useTryKey(newId: () => string): (body: unknown) => string {
  const last = useRef<{ readonly body: string; readonly key: string } | null>(null);
  return (body) => {
    const text = JSON.stringify(body);
    if (last.current?.body !== text) last.current = { body: text, key: newId() };
    return last.current.key;
  };
}
