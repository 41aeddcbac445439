/** Four places, or few significant digits where these would be zeros. */
export function formatNumber(value: number): string {
  if (value !== 0 && Math.abs(value) < 0.001) return formatShort(value);
  return value.toFixed(4).replace("-", "−");
}

/** Four significant digits; powers of ten where it is tiny. */
export function formatShort(value: number): string {
  if (value === 0) return "0";
  if (Math.abs(value) >= 0.001) return String(Number(value.toPrecision(4))).replace("-", "−");
  const [digits, exponent] = value.toExponential(1).split("e");
  const raised = [...exponent.replace("+", "")].map((char) => (char === "-" ? "⁻" : "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(char)])).join("");
  return `${digits.replace("-", "−")} · 10${raised}`;
}
