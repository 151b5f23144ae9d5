/** The pages of connecting a channel whose settings are looked up. */
export const CONNECT_STEPS = ["Address", "Sign in", "Test"] as const;
