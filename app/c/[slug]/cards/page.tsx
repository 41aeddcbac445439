import type { Metadata } from "next";
import { CardsScreen } from "./_components/cards-screen.client.tsx";

export const metadata: Metadata = { title: "Cards" };

export default async function CardsPage({ params }: { params: Promise<{ slug: string }> }) {
  const { slug } = await params;
  return <CardsScreen slug={slug} />;
}
