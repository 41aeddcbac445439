import type { Metadata } from "next";
import { PageScreen } from "./_components/page-screen.client.tsx";

export const metadata: Metadata = { title: "Page" };

export default async function ScanPage({ params }: { params: Promise<{ slug: string; pageId: string }> }) {
  const { slug, pageId } = await params;
  return <PageScreen slug={slug} pageId={pageId} />;
}
