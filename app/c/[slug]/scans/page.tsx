import type { Metadata } from "next";
import { ScansScreen } from "./_components/scans-screen.client.tsx";

export const metadata: Metadata = { title: "Scans" };

export default async function ScansPage({ params }: { params: Promise<{ slug: string }> }) {
  const { slug } = await params;
  return <ScansScreen slug={slug} />;
}
