/** A form with files, sent so that its progress can be watched: `fetch` cannot tell how much has gone. */

export interface UploadOptions {
  /** 0–100, as bytes leave the browser. */
  readonly onProgress: (percent: number) => void;
  readonly signal: AbortSignal;
}

export interface FormAnswer {
  readonly status: number;
  readonly body: string;
}

/** @returns null when no answer came: offline, or aborted by the signal. */
export function sendForm(
  url: string,
  form: FormData,
  { onProgress, signal }: UploadOptions,
): Promise<FormAnswer | null> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve(null);
    const request = new XMLHttpRequest();
    request.open("POST", url);
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) onProgress(Math.round(event.loaded / event.total * 100));
    };
    request.onload = () => resolve({ status: request.status, body: request.responseText });
    request.onerror = request.onabort = () => resolve(null);
    signal.addEventListener("abort", () => request.abort(), { once: true });
    request.send(form);
  });
}
