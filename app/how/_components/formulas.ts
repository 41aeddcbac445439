const i = (name: string) => `<mi>${name}</mi>`;
const o = (sign: string) => `<mo>${sign}</mo>`;
const n = (number: string) => `<mn>${number}</mn>`;
const row = (...parts: string[]) => `<mrow>${parts.join("")}</mrow>`;
const sub = (base: string, below: string) => `<msub>${base}${row(below)}</msub>`;
const sup = (base: string, above: string) => `<msup>${base}${row(above)}</msup>`;
const fraction = (top: string, bottom: string) => `<mfrac>${row(top)}${row(bottom)}</mfrac>`;
const sum = (below: string) => `<munder><mo>∑</mo>${row(below)}</munder>`;
const layer = (l: string) => `<mo stretchy="false">(</mo>${l}<mo stretchy="false">)</mo>`;
const vector = (name: string) => `<mi mathvariant="normal">${name}</mi>`;
const gap = '<mspace width="0.9em"></mspace>';
const parens = (...parts: string[]) => row(o("("), ...parts, o(")"));

/** The formulas of "How it works", in MathML, with the words a screen reader says. */
export const FORMULAS = {
  square: {
    label: "s is 20 over m, m is the largest of h, w and 10",
    math: row(
      i("s"),
      o("="),
      fraction(n("20"), i("m")),
      o(","),
      gap,
      i("m"),
      o("="),
      i("max"),
      parens(i("h"), o(","), i("w"), o(","), n("10")),
    ),
  },
  centre: {
    label: "offset is 15 minus the centre of mass, truncated",
    math: row(
      i("o"),
      o("="),
      i("trunc"),
      parens(n("15"), o("−"), fraction(row(sum(i("k")), sub(i("q"), i("k")), sub(i("r"), i("k"))), row(sum(i("k")), sub(i("q"), i("k"))))),
    ),
  },
  input: { label: "x i is q i over 255", math: row(sub(i("x"), i("i")), o("="), fraction(sub(i("q"), i("i")), n("255"))) },
  forward: {
    label: "a of layer l is f of a of the layer below times W plus b",
    math: row(
      sup(vector("a"), layer(i("l"))),
      o("="),
      i("f"),
      parens(
        sup(vector("a"), layer(row(i("l"), o("−"), n("1")))),
        sup(vector("W"), layer(i("l"))),
        o("+"),
        sup(vector("b"), layer(i("l"))),
      ),
      o(","),
      gap,
      i("f"),
      parens(i("z")),
      o("="),
      i("max"),
      parens(n("0"), o(","), i("z")),
    ),
  },
  softmax: {
    label: "p c is e to the z c over the sum of e to the z k",
    math: row(sub(i("p"), i("c")), o("="), fraction(sup(i("e"), sub(i("z"), i("c"))), row(sum(i("k")), sup(i("e"), sub(i("z"), i("k")))))),
  },
  loss: { label: "the loss is minus the logarithm of p t", math: row(i("L"), o("="), o("−"), i("ln"), sub(i("p"), i("t"))) },
  outputError: {
    label: "delta of the last layer is p minus y",
    math: row(
      sup(vector("δ"), layer(i("Λ"))),
      o("="),
      fraction(row(o("∂"), i("L")), row(o("∂"), vector("z"))),
      o("="),
      vector("p"),
      o("−"),
      vector("y"),
    ),
  },
  backward: {
    label: "delta of layer l is delta of the layer above times W transposed, times f prime of z, element by element",
    math: row(
      sup(vector("δ"), layer(i("l"))),
      o("="),
      parens(sup(vector("δ"), layer(row(i("l"), o("+"), n("1")))), sup(vector("W"), row(layer(row(i("l"), o("+"), n("1"))), i("⊤")))),
      o("⊙"),
      sup(i("f"), o("′")),
      parens(sup(vector("z"), layer(i("l")))),
    ),
  },
  gradient: {
    label: "the gradient of a weight is the activation below times the error above",
    math: row(
      fraction(row(o("∂"), i("L")), row(o("∂"), sub(i("w"), row(i("i"), i("j"))))),
      o("="),
      sub(i("a"), i("i")),
      sub(i("δ"), i("j")),
    ),
  },
  update: {
    label: "v becomes mu v minus eta times the gradient; w becomes w plus v",
    math: row(
      i("v"),
      o("←"),
      i("μ"),
      i("v"),
      o("−"),
      i("η"),
      fraction(row(o("∂"), i("L")), row(o("∂"), i("w"))),
      o(","),
      gap,
      i("w"),
      o("←"),
      i("w"),
      o("+"),
      i("v"),
    ),
  },
} as const;
