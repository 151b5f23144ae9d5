/** `/widget.js`: runs on a foreign page and opens the frame of the channel its script tag names. */
const script = document.currentScript;
const channelId = script instanceof HTMLScriptElement ? script.dataset["channel"] : undefined;
if (script instanceof HTMLScriptElement && channelId) {
  const frame = document.createElement("iframe");
  frame.src = new URL(`/widget/${encodeURIComponent(channelId)}`, script.src).href;
  frame.title = "Chat";
  document.body.append(frame);
}

export {};
