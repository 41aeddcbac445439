import type { Metadata } from "next";
import { TrainScreen } from "./_components/train-screen.client.tsx";

export const metadata: Metadata = { title: "Train" };

export default async function TrainPage({ params }: { params: Promise<{ slug: string }> }) {
  const { slug } = await params;
  return <TrainScreen slug={slug} key={slug} />;
}
