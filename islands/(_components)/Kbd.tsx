/** The keys that do something, one cap each. */
export function Kbd({ keys }: { readonly keys: readonly string[] }) {
  const caps = keys.map((key) => <kbd class="kbd" key={key}>{key}</kbd>);
  return caps.length === 1 ? <>{caps}</> : <span class="keys">{caps}</span>;
}
