import type { Metadata } from "next";
import { ReviewScreen } from "./_components/frame/review-screen.client.tsx";

export const metadata: Metadata = { title: "Review" };

export default async function ReviewPage({ params }: { params: Promise<{ slug: string }> }) {
  const { slug } = await params;
  return <ReviewScreen slug={slug} key={slug} />;
}
