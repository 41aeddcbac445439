import type { Metadata } from "next";
import { DatasetsScreen } from "./_components/datasets-screen.client.tsx";

export const metadata: Metadata = { title: "Datasets" };

export default async function DatasetsPage({ params }: { params: Promise<{ slug: string }> }) {
  const { slug } = await params;
  return <DatasetsScreen slug={slug} key={slug} />;
}
