import { type CSSVariablesResolver, createTheme, defaultVariantColorsResolver, type MantineColorsTuple } from "@mantine/core";

/** Ballpoint: the one accent. Shade 7 on paper and shade 3 on the dark sheet are both above 7:1. */
const pen: MantineColorsTuple = [
  "#eef1ff",
  "#dde3ff",
  "#bcc7fe",
  "#a3b2fc",
  "#7b8ff4",
  "#576de8",
  "#3d51d3",
  "#2a3bb0",
  "#222f8c",
  "#1a2468",
];

const gray: MantineColorsTuple = [
  "#f7f7f5",
  "#f0f0ed",
  "#e5e5e1",
  "#d5d5d1",
  "#bdbdba",
  "#8f9098",
  "#666974",
  "#4b4e59",
  "#2f323d",
  "#1a1d27",
];

/** Blue-black, as iron gall ink dries; the sheet at night. */
const dark: MantineColorsTuple = [
  "#ebe8e0",
  "#d3d0ca",
  "#abacb2",
  "#868995",
  "#4c5162",
  "#3a3f4e",
  "#222631",
  "#14171f",
  "#101219",
  "#0b0d12",
];

const SERIF = "Fraunces, 'Fraunces Fallback', Georgia, serif";
const SANS = "Inter, 'Inter Fallback', system-ui, sans-serif";

/** Mantine's theme: paper white, ink, one accent, almost square corners, headings in Fraunces. */
export const theme = createTheme({
  colors: { pen, gray, dark },
  primaryColor: "pen",
  primaryShade: { light: 7, dark: 3 },
  autoContrast: true,
  black: "#171a26",
  fontFamily: SANS,
  fontFamilyMonospace: "ui-monospace, 'SF Mono', 'DejaVu Sans Mono', Menlo, monospace",
  headings: {
    fontFamily: SERIF,
    fontWeight: "500",
    textWrap: "balance",
    sizes: {
      h1: { fontSize: "2.5rem", lineHeight: "1.08" },
      h2: { fontSize: "1.5rem", lineHeight: "1.2" },
      h3: { fontSize: "1.15rem", lineHeight: "1.3" },
    },
  },
  components: {
    Modal: {
      defaultProps: { centered: true, closeButtonProps: { "aria-label": "Close" } },
      styles: { title: { fontFamily: SERIF, fontSize: "1.5rem", lineHeight: 1.2 } },
    },
  },
  defaultRadius: 3,
  cursorType: "pointer",
  focusRing: "auto",
  respectReducedMotion: true,
  // autoContrast looks at the light scheme's shade alone: on the dark one's, white text would be 2:1
  variantColorResolver: (input) => {
    const colors = defaultVariantColorsResolver(input);
    const accent = input.color === undefined || input.color === "pen";
    return accent && input.variant === "filled" ? { ...colors, color: "var(--on-accent)" } : colors;
  },
});

/**
 * Ties Mantine's own variables to the tokens of app/globals.css, so that a component and our own CSS are the same ink.
 * The grays Mantine takes for dimmed text and placeholders fail AA on paper; `--ink-soft` does not.
 */
export const resolveVariables: CSSVariablesResolver = () => {
  const shared = {
    "--mantine-color-body": "var(--paper)",
    "--mantine-color-text": "var(--ink)",
    "--mantine-color-dimmed": "var(--ink-soft)",
    "--mantine-color-placeholder": "var(--ink-soft)",
    "--mantine-color-default": "var(--sheet)",
    "--mantine-color-default-border": "var(--rule-strong)",
    "--mantine-color-default-hover": "var(--wash)",
    "--mantine-color-error": "var(--missed)",
    "--mantine-color-anchor": "var(--accent)",
  };
  return { variables: {}, light: shared, dark: shared };
};
