import { Start } from "./_components/start.client.tsx";

/** The last collection shown, or the first start. */
export default function StartPage() {
  return <Start />;
}
