/** How a connection is encrypted, for people. */
export const ENCRYPTION = {
  tls: "Encrypted (TLS)",
  starttls: "Encrypted (STARTTLS)",
  offered: "Encrypted if the server offers it",
  none: "Not encrypted",
} as const;
