import type { Point } from "../core/geometry.ts";
import type { AimedCamera, Place3 } from "./aim-camera.ts";
import type { SheetMesh } from "./paint-sheet.ts";
import type { Surface } from "./paper-shape.ts";
import type { Sheet } from "./scene.ts";

/** A sheet where it lies: from page px to its place over the desk. */
export interface LaidSheet {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly pxPerMm: readonly [number, number];
  readonly place: (page: Point) => Place3;
  /** The same for the sheet lying flat. */
  readonly flat: (page: Point) => Place3;
}

/** Light from one direction (a unit vector towards the lamp) and from all sides. */
export interface Lamp {
  readonly towards: Place3;
  readonly ambient: number;
}

/** Side of a cell, mm: a cylinder of 100 mm radius leaves its chord by 0.005 mm. */
const CELL_MM = 2;
/** The net goes on beyond the paper's edge, so that the edge can be drawn smooth. */
const BEYOND_MM = 1;

export function laySheet(sheet: Sheet, surface: Surface, at: { xMm: number; yMm: number; turnDeg: number }): LaidSheet {
  const [sx, sy] = sheet.pxPerMm;
  const { width, height } = sheet.image;
  const angle = (at.turnDeg * Math.PI) / 180;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const onDesk = ([x, y, z]: Place3): Place3 => [at.xMm + x * cos - y * sin, at.yMm + x * sin + y * cos, z];
  return {
    widthPx: width,
    heightPx: height,
    pxPerMm: sheet.pxPerMm,
    place: (page) => onDesk(surface((page.x - width / 2) / sx, (page.y - height / 2) / sy)),
    flat: (page) => onDesk([(page.x - width / 2) / sx, (page.y - height / 2) / sy, 0]),
  };
}

/** The sheet's net in the picture. `shade` is the light on it over the light on the level desk (Lambert's law and the ambient share). */
export function buildSheetMesh(sheet: LaidSheet, camera: AimedCamera, lamp: Lamp | null): SheetMesh {
  const mesh = allocate(sheet);
  const places: Place3[] = [];
  for (let k = 0; k < mesh.x.length; k++) {
    const place = sheet.place({ x: mesh.u[k], y: mesh.v[k] });
    const seen = camera.project(place);
    places.push(place);
    mesh.x[k] = seen.x;
    mesh.y[k] = seen.y;
    mesh.depth[k] = camera.depth(place);
  }
  if (lamp) shadeMesh(mesh, places, lamp);
  return mesh;
}

/** The shadow that the sheet casts on the desk, as a net. */
export function buildShadowMesh(sheet: LaidSheet, camera: AimedCamera, lamp: Lamp): SheetMesh {
  const mesh = allocate(sheet);
  const [lx, ly, lz] = lamp.towards;
  for (let k = 0; k < mesh.x.length; k++) {
    const [x, y, z] = sheet.place({ x: mesh.u[k], y: mesh.v[k] });
    const seen = camera.project([x - (z * lx) / lz, y - (z * ly) / lz, 0]);
    mesh.x[k] = seen.x;
    mesh.y[k] = seen.y;
  }
  return mesh;
}

function allocate({ widthPx, heightPx, pxPerMm }: LaidSheet): SheetMesh {
  const columns = Math.ceil((widthPx / pxPerMm[0] + 2 * BEYOND_MM) / CELL_MM) + 1;
  const rows = Math.ceil((heightPx / pxPerMm[1] + 2 * BEYOND_MM) / CELL_MM) + 1;
  const n = columns * rows;
  const [x, y, depth, u, v] = Array.from({ length: 5 }, () => new Float64Array(n));
  for (let j = 0, k = 0; j < rows; j++) {
    for (let i = 0; i < columns; i++, k++) {
      u[k] = (i / (columns - 1)) * (widthPx + 2 * BEYOND_MM * pxPerMm[0]) - BEYOND_MM * pxPerMm[0];
      v[k] = (j / (rows - 1)) * (heightPx + 2 * BEYOND_MM * pxPerMm[1]) - BEYOND_MM * pxPerMm[1];
    }
  }
  return { columns, rows, x, y, depth, u, v, shade: new Float64Array(n).fill(1) };
}

function shadeMesh(mesh: SheetMesh, places: readonly Place3[], lamp: Lamp): void {
  const { columns, rows, shade } = mesh;
  const [lx, ly, lz] = lamp.towards;
  for (let j = 0; j < rows; j++) {
    for (let i = 0; i < columns; i++) {
      const west = places[j * columns + Math.max(0, i - 1)];
      const east = places[j * columns + Math.min(columns - 1, i + 1)];
      const north = places[Math.max(0, j - 1) * columns + i];
      const south = places[Math.min(rows - 1, j + 1) * columns + i];
      const [ax, ay, az] = [east[0] - west[0], east[1] - west[1], east[2] - west[2]];
      const [bx, by, bz] = [south[0] - north[0], south[1] - north[1], south[2] - north[2]];
      // East cross south points up from the desk: x is right and y down in the page.
      const [nx, ny, nz] = [ay * bz - az * by, az * bx - ax * bz, ax * by - ay * bx];
      const cosine = (nx * lx + ny * ly + nz * lz) / Math.hypot(nx, ny, nz);
      shade[j * columns + i] = lamp.ambient + ((1 - lamp.ambient) * Math.max(0, cosine)) / lz;
    }
  }
}
