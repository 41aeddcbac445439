import type { Metadata } from "next";
import { QualityScreen } from "./_components/quality-screen.client.tsx";

export const metadata: Metadata = { title: "Quality" };

export default async function QualityPage({ params }: { params: Promise<{ slug: string }> }) {
  const { slug } = await params;
  return <QualityScreen slug={slug} key={slug} />;
}
