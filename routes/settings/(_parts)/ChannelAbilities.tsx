import type { Capabilities } from "@/core/mod.ts";
import { formatBytes } from "@/islands/(_components)/format_bytes.ts";
import { Icon } from "@/islands/(_components)/Icon.tsx";

/** What a channel can do, beside its settings: read from the adapter's capabilities. */
export function ChannelAbilities({ capabilities }: { readonly capabilities: Capabilities }) {
  const { text, media, receipts, typing, email, proactive, window } = capabilities;
  const abilities: readonly (readonly [can: boolean, words: string])[] = [
    [true, `Text up to ${text.max.toLocaleString("en")} characters`],
    media.maxCount > 0 ? [true, `Files up to ${formatBytes(media.maxBytes)}`] : [false, "Files"],
    [receipts.delivered || receipts.read, receiptWords(receipts)],
    [typing, "Shows that somebody is writing"],
    [email, "Subject, Cc and Bcc"],
    [proactive, "Lets you write first"],
  ];
  return (
    <aside class="stack aside">
      <div>
        <h2>What this channel can do</h2>
        <ul>
          {abilities.map(([can, words]) => (
            <li key={words} class="side-item">
              <span class={can ? "ok" : "meta"}>
                <Icon name={can ? "check" : "x"} size={14} />
              </span>
              <span>
                {!can && <span class="sr">Not:</span>}
                {words}
              </span>
            </li>
          ))}
        </ul>
      </div>
      {window && (
        <div>
          <h2>Reply window</h2>
          <p>
            Customers can be answered for {Math.round(window.openMs / 3_600_000)}{" "}
            h after they wrote.
          </p>
        </div>
      )}
    </aside>
  );
}

function receiptWords({ delivered, read }: Capabilities["receipts"]): string {
  if (delivered && read) return "Tells when delivered and read";
  return read ? "Tells when read" : "Tells when delivered";
}
