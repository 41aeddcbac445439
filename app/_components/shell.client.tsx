"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { BrandMark } from "./brand.tsx";
import { CollectionSwitcher } from "./collection-switcher.client.tsx";
import { useCollections } from "./collections.client.tsx";
import { ColorSchemeToggle } from "./color-scheme-toggle.client.tsx";
import { IconCross, IconKeyboard, IconMenu } from "./icons.tsx";
import { useShowKeyHelp } from "./keys.client.tsx";
import { findPlace, PLACES, type Place } from "./navigation.ts";
import classes from "./shell.module.css";

/** The frame of every screen: one navigation in the loop's order, a rail on a desk, a bar and a menu on a phone. */
export function Shell({ children }: { children: ReactNode }) {
  const pathname = usePathname();
  const { slug } = useCollections();
  const place = findPlace(pathname);
  const [menuOpen, setMenuOpen] = useState(false);
  const showHelp = useShowKeyHelp();

  // biome-ignore lint/correctness/useExhaustiveDependencies: the pathname is the trigger
  useEffect(() => setMenuOpen(false), [pathname]);

  return (
    <div className={classes.shell}>
      <a className={classes.skip} href="#main">
        Skip to the page
      </a>
      {/* no <header>: a dialog's own would be a second banner beside it */}
      <nav aria-label="Main" className={classes.rail}>
        <Brand />
        <CollectionSwitcher />
        <div className={classes.nav}>
          <NavList slug={slug} place={place} />
        </div>
        <div className={classes.tools}>
          <ColorSchemeToggle />
          <button type="button" className={classes.tool} onClick={showHelp} aria-label="Keys of this screen" title="Keys (?)">
            <IconKeyboard />
          </button>
        </div>
      </nav>

      <section aria-label="Collection" className={classes.top}>
        <Brand />
        <CollectionSwitcher />
      </section>

      <main id="main" className={classes.main} tabIndex={-1}>
        {children}
      </main>

      <nav aria-label="Main" className={classes.bar}>
        {PLACES.filter((p) => p.onPhoneBar).map((p) => (
          <BarItem key={p.id} place={p} slug={slug} current={p.id === place} />
        ))}
        <button type="button" className={classes.barItem} aria-expanded={menuOpen} onClick={() => setMenuOpen(true)}>
          <IconMenu />
          Menu
        </button>
      </nav>
      <PhoneMenu opened={menuOpen} onClose={() => setMenuOpen(false)}>
        <nav aria-label="All places" className={classes.nav}>
          <NavList slug={slug} place={place} />
        </nav>
        <ColorSchemeToggle />
      </PhoneMenu>
    </div>
  );
}

function Brand() {
  return (
    <Link href="/" className={classes.brand} aria-label="Inkform, home">
      <BrandMark />
      <span>Inkform</span>
    </Link>
  );
}

function NavList({ slug, place }: { slug: string | null; place: string | null }) {
  return (
    <ul className={classes.list}>
      {PLACES.map((p) => (
        <li key={p.id} data-apart={p.id === "draw" || undefined}>
          <PlaceLink place={p} slug={slug} className={classes.item} current={p.id === place} iconSize={18} />
        </li>
      ))}
    </ul>
  );
}

function BarItem({ place, slug, current }: { place: Place; slug: string | null; current: boolean }) {
  return <PlaceLink place={place} slug={slug} className={classes.barItem} current={current} iconSize={20} />;
}

function PlaceLink(props: { place: Place; slug: string | null; className: string; current: boolean; iconSize: number }) {
  const { place, slug, className, current, iconSize } = props;
  const address = place.address(slug);
  const Icon = place.icon;
  if (address === null) {
    return (
      <span className={className} aria-disabled="true" title="Start a collection first">
        <Icon size={iconSize} />
        {place.name}
      </span>
    );
  }
  return (
    <Link href={address} className={className} aria-current={current ? "page" : undefined}>
      <Icon size={iconSize} />
      {place.name}
    </Link>
  );
}

/** A native dialog: focus is kept inside, Esc closes it, and it costs no code. */
function PhoneMenu({ opened, onClose, children }: { opened: boolean; onClose: () => void; children: ReactNode }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (opened && !dialog.current?.open) dialog.current?.showModal();
    if (!opened) dialog.current?.close();
  }, [opened]);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: a click beside the sheet closes it; the keyboard has Esc and the button
    <dialog
      ref={dialog}
      className={classes.sheet}
      aria-label="Menu"
      onClose={onClose}
      onClick={(event) => event.target === dialog.current && onClose()}
    >
      <div className={classes.sheetInner}>
        <button type="button" className={classes.sheetClose} onClick={onClose} aria-label="Close the menu">
          <IconCross />
        </button>
        {children}
      </div>
    </dialog>
  );
}
