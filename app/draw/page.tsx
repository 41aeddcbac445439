import type { Metadata } from "next";
import { DrawScreen } from "./_components/draw-screen.client.tsx";

export const metadata: Metadata = { title: "Draw" };

export default function DrawPage() {
  return <DrawScreen />;
}
