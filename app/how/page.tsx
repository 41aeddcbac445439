import type { Metadata } from "next";
import { HowScreen } from "./_components/how-screen.client.tsx";

export const metadata: Metadata = { title: "How it works" };

export default function HowPage() {
  return <HowScreen />;
}
