"use client";

import { type MantineColorScheme, useMantineColorScheme } from "@mantine/core";
import { useEffect, useState } from "react";
import classes from "./color-scheme-toggle.module.css";
import { IconAuto, IconMoon, IconSun } from "./icons.tsx";

const CHOICES = [
  { value: "light", name: "Light", icon: IconSun },
  { value: "auto", name: "As the system", icon: IconAuto },
  { value: "dark", name: "Dark", icon: IconMoon },
] as const satisfies readonly { value: MantineColorScheme; name: string; icon: unknown }[];

/** Paper by day, ink by night, or as the system says. */
export function ColorSchemeToggle() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  // the stored choice is known to the browser only: before hydration nothing is marked
  const [mounted, setMounted] = useState(false);
  useEffect(() => setMounted(true), []);
  return (
    <fieldset className={classes.toggle} aria-label="Colours">
      {CHOICES.map(({ value, name, icon: Icon }) => (
        <button
          key={value}
          type="button"
          className={classes.choice}
          aria-pressed={mounted && colorScheme === value}
          aria-label={name}
          title={name}
          onClick={() => setColorScheme(value)}
        >
          <Icon size={17} />
        </button>
      ))}
    </fieldset>
  );
}
