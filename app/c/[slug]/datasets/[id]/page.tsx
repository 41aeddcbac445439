import type { Metadata } from "next";
import { DatasetScreen } from "./_components/dataset-screen.client.tsx";

export const metadata: Metadata = { title: "Dataset" };

export default async function DatasetPage({ params }: { params: Promise<{ slug: string; id: string }> }) {
  const { slug, id } = await params;
  return <DatasetScreen slug={slug} id={id} key={id} />;
}
