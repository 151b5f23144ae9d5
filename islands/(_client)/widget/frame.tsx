/** The page inside the widget's frame: reads what the server put into it, listens to the loader, draws the chat. */
import { render } from "preact";
import type { VisitorConfigJson } from "@/core/model/visitor_api.ts";
import { VisitorApi } from "./api.ts";
import { isHello, type ToFrame, type ToPage } from "./bridge.ts";
import { Chat } from "./chat.ts";
import { browserDevice } from "./device.ts";
import "./frame.css";
import { keptFor } from "./kept.ts";
import { tabsOf } from "./tabs.ts";
import type { Language } from "./texts.ts";
import { App } from "./views/App.tsx";
import { Widget } from "./views/context.ts";

const root = document.getElementById("chat");
if (root) begin(root, document.documentElement);

function begin(root: HTMLElement, page: HTMLElement): void {
  // Both written by the server, in widget_document.ts.
  const config = JSON.parse(root.dataset["config"] ?? "") as VisitorConfigJson;
  const language = JSON.parse(root.dataset["language"] ?? "") as Language;
  root.style.setProperty("--brand", config.accentColor);
  setTheme(page, config.theme);

  let port: MessagePort | null = null;
  const waiting: ToPage[] = [];
  const tellPage = (message: ToPage) => {
    if (port) port.postMessage(message);
    else waiting.push(message);
  };
  const chat = new Chat({
    api: new VisitorApi(config.channelId, (...request) => fetch(...request)),
    kept: keptFor(config.channelId),
    tabs: tabsOf(config.channelId),
    device: browserDevice(language.locale),
    config,
    tellPage,
  });

  let isDrawing = false;
  const context = { chat, language, onClose: () => tellPage({ type: "close" }) };
  const draw = () => {
    isDrawing = false;
    render(
      <Widget.Provider value={context}>
        <App state={chat.state} />
      </Widget.Provider>,
      root,
    );
  };
  chat.subscribe(() => {
    if (isDrawing) return;
    isDrawing = true;
    queueMicrotask(draw);
  });
  draw();
  void chat.start();
  addEventListener("visibilitychange", () => chat.onVisible());
  addEventListener("online", () => chat.onVisible());

  const obey = ({ data }: MessageEvent<ToFrame>) => {
    switch (data.type) {
      case "open":
        return chat.setOpen(true);
      case "close":
        return chat.setOpen(false);
      case "identify":
        return void chat.identify(data.token);
      case "reset":
        return void chat.reset();
    }
  };
  addEventListener("message", (event) => {
    const [given] = event.ports;
    // Only the page that holds this frame, once, and only what the loader says.
    if (event.source !== parent || port || !given || !isHello(event.data)) return;
    port = given;
    port.onmessage = obey;
    chat.onPage(event.data.page);
    if (event.data.theme !== null) setTheme(page, event.data.theme);
    for (const message of waiting.splice(0)) port.postMessage(message);
  });
  // Opened by itself, as a page of its own, it is simply open.
  if (parent === window) {
    page.dataset["alone"] = "";
    chat.setOpen(true);
    followHash(chat);
  }
}

/** A mail's link has its token behind "#", where no server sees it. It leaves the address bar, and with it the history. */
function followHash(chat: Chat): void {
  const token = /^#continue=([\w.-]+)$/.exec(location.hash)?.[1];
  if (token === undefined) return;
  history.replaceState(null, "", location.pathname + location.search);
  chat.link.offer(token);
}

function setTheme(page: HTMLElement, theme: "auto" | "light" | "dark"): void {
  if (theme === "auto") delete page.dataset["theme"];
  else page.dataset["theme"] = theme;
}
