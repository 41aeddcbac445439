/** One of MNIST's four files. */
export interface MnistFileSpec {
  /** As MNIST names it, without .gz. */
  readonly name: string;
  /** Of the unpacked file. */
  readonly md5: string;
  /** Of the unpacked file. */
  readonly bytes: number;
}

/** MD5 sums of the unpacked files (the packed ones differ from mirror to mirror). */
export const MNIST_FILES = [
  { name: "train-images-idx3-ubyte", md5: "6bbc9ace898e44ae57da46a324031adb", bytes: 47_040_016 },
  { name: "train-labels-idx1-ubyte", md5: "a25bea736e30d166cdddb491f175f624", bytes: 60_008 },
  { name: "t10k-images-idx3-ubyte", md5: "2646ac647ad5339dbf082846283269ea", bytes: 7_840_016 },
  { name: "t10k-labels-idx1-ubyte", md5: "27ae3e4e09519cfbb04c329615203637", bytes: 10_008 },
] as const satisfies readonly MnistFileSpec[];

/** Public copies of the four files, tried in this order; the file's name with .gz follows. Whatever they answer, the sums decide. */
export const MNIST_MIRRORS: readonly string[] = [
  "https://ossci-datasets.s3.amazonaws.com/mnist/",
  "https://storage.googleapis.com/cvdf-datasets/mnist/",
  "https://raw.githubusercontent.com/fgnt/mnist/master/",
];

/** The spec for a file's name with or without .gz, and with MNIST's other spelling (`train-images.idx3-ubyte`); null for any other. */
export function findMnistFile(fileName: string): MnistFileSpec | null {
  const plain = fileName.replace(/\.gz$/i, "").replace(/\.(idx[13]-ubyte)$/, "-$1");
  return MNIST_FILES.find((f) => f.name === plain) ?? null;
}
