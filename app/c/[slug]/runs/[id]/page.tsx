import type { Metadata } from "next";
import { RunScreen } from "./_components/run-screen.client.tsx";

export const metadata: Metadata = { title: "Run" };

export default async function RunPage({ params }: { params: Promise<{ slug: string; id: string }> }) {
  const { slug, id } = await params;
  return <RunScreen slug={slug} id={id} key={id} />;
}
