import type { ReactElement } from "react";
import {
  IconCards,
  IconDatasets,
  IconDraw,
  IconEvaluate,
  IconHome,
  IconHow,
  type IconProps,
  IconQuality,
  IconReview,
  IconScans,
  IconTrain,
} from "./icons.tsx";

export interface Place {
  readonly id: string;
  readonly name: string;
  readonly icon: (props: IconProps) => ReactElement;
  /** Null where the place needs a collection and there is none yet. */
  readonly address: (slug: string | null) => string | null;
  /** Address prefixes inside a collection that belong to this place too: a run is part of Train. */
  readonly within?: readonly string[];
  /** In the phone's bar; the rest is behind Menu. */
  readonly onPhoneBar?: boolean;
}

const inCollection = (path: string) => (slug: string | null) => (slug === null ? null : `/c/${slug}${path}`);

/** The one navigation, in the loop's order. */
export const PLACES: readonly Place[] = [
  { id: "home", name: "Home", icon: IconHome, address: (slug) => (slug === null ? "/" : `/c/${slug}`), onPhoneBar: true },
  { id: "cards", name: "Cards", icon: IconCards, address: inCollection("/cards") },
  { id: "scans", name: "Scans", icon: IconScans, address: inCollection("/scans"), onPhoneBar: true },
  { id: "review", name: "Review", icon: IconReview, address: inCollection("/review"), onPhoneBar: true },
  { id: "quality", name: "Quality", icon: IconQuality, address: inCollection("/quality") },
  { id: "datasets", name: "Datasets", icon: IconDatasets, address: inCollection("/datasets") },
  { id: "train", name: "Train", icon: IconTrain, address: inCollection("/train"), within: ["/runs"] },
  { id: "evaluate", name: "Evaluate", icon: IconEvaluate, address: inCollection("/evaluate") },
  { id: "draw", name: "Draw", icon: IconDraw, address: () => "/draw", onPhoneBar: true },
  { id: "how", name: "How it works", icon: IconHow, address: () => "/how" },
];

/** @returns the id of the place an address belongs to, null for none. */
export function findPlace(pathname: string): string | null {
  if (pathname === "/" || /^\/c\/[^/]+\/?$/.test(pathname)) return "home";
  const rest = pathname.replace(/^\/c\/[^/]+/, "");
  const first = `/${rest.split("/")[1] ?? ""}`;
  return PLACES.find((place) => first === `/${place.id}` || place.within?.includes(first))?.id ?? null;
}
