export { default, handler } from "./profile.tsx";
