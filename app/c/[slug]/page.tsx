import type { Metadata } from "next";
import { CollectionHome } from "./_components/collection-home.client.tsx";

export const metadata: Metadata = { title: "Home" };

export default async function CollectionPage({ params }: { params: Promise<{ slug: string }> }) {
  const { slug } = await params;
  return <CollectionHome slug={slug} />;
}
