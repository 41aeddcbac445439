import type { Metadata } from "next";
import { EvaluateScreen } from "./_components/evaluate-screen.client.tsx";

export const metadata: Metadata = { title: "Evaluate" };

export default async function EvaluatePage({ params }: { params: Promise<{ slug: string }> }) {
  const { slug } = await params;
  return <EvaluateScreen slug={slug} key={slug} />;
}
