"use client";

import type { AnchorHTMLAttributes, MouseEvent } from "react";
import { addressOf, type ReviewAddress } from "./review-address.ts";

interface LinkProps extends AnchorHTMLAttributes<HTMLAnchorElement> {
  readonly slug: string;
  readonly to: ReviewAddress;
  readonly onGo: (address: ReviewAddress) => void;
}

/** A link within Review: another tab or a copied address get the whole of it, here the screen changes at once. */
export function AddressLink({ slug, to, onGo, children, ...rest }: LinkProps) {
  const go = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    onGo(to);
  };
  return (
    <a href={addressOf(slug, to)} onClick={go} {...rest}>
      {children}
    </a>
  );
}
