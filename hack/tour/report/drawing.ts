import type { StepObjects } from "../step-objects.ts";
import { drawBox, heightOf, middleOf } from "./boxes.ts";
import type { Box } from "./boxes.ts";
import { html, nothing } from "./markup.ts";
import type { Markup } from "./markup.ts";
import { entranceBox, placeBox, routeBox, sceneOf } from "./scene.ts";
import type { Scene } from "./scene.ts";

const gap = 14;
const wide = { width: 1000, columns: [0, 272, 724], widths: [232, 402, 276] } as const;
const narrow = { width: 300 } as const;

/**
 * A step drawn twice: in columns with edges for a wide page, and as one column, where dots of one colour stand for the
 * edges, for a narrow one. The style sheet shows one of them.
 */
export function drawing(step: StepObjects, name: string): Markup {
  const scene = sceneOf(step);
  if (scene.entrances.length + scene.routes.length + scene.places.length === 0) {
    return html`<p class="quiet">${withoutDrawing(step)}</p>`;
  }
  return html`<div class="drawing">${drawWide(scene, name)}${drawNarrow(scene, name)}</div>`;
}

/** What there is to say where there is nothing to draw. */
function withoutDrawing({ objects }: StepObjects): string {
  if (objects.length === 0) {
    return "Nothing of a scenario is deployed: the cluster, the mesh and its gateway only.";
  }
  const names = objects.map(({ kind, namespace, name }) =>
    [kind, [namespace, name].filter((part) => part !== undefined).join("/")].join(" "),
  );
  return `No workload and no route; only ${names.join(", ")}.`;
}

/** Boxes one below the other. */
function stack<T>(
  items: readonly T[],
  top: number,
  box: (item: T, y: number) => Box,
): readonly Box[] {
  const boxes: Box[] = [];
  let y = top;
  for (const item of items) {
    const placed = box(item, y);
    boxes.push(placed);
    y += heightOf(placed) + gap;
  }
  return boxes;
}

function bottomOf(boxes: readonly Box[]): number {
  return Math.max(0, ...boxes.map((box) => box.y + heightOf(box)));
}

const headings = ["comes in at", "is routed by", "reaches"] as const;
const headingRoom = 24;

function drawWide(scene: Scene, name: string): Markup {
  const [first, second, third] = wide.columns;
  const [entranceWidth, routeWidth, placeWidth] = wide.widths;
  if (scene.routes.length + scene.entrances.length === 0) return drawGrid(scene, name);
  const entrances = stack(scene.entrances, headingRoom, (one, y) =>
    entranceBox(one, first, y, entranceWidth),
  );
  const routes = stack(scene.routes, headingRoom, (one, y) =>
    routeBox(one, scene, second, y, routeWidth),
  );
  const places = stack(scene.places, headingRoom, (one, y) =>
    placeBox(one, scene, third, y, placeWidth),
  );
  const boxes = [...entrances, ...routes, ...places];
  const titles = headings.map(
    (text, column) =>
      html`<text class="heading" x="${wide.columns[column] ?? 0}" y="14">${text}</text>`,
  );
  const edges = [...inEdges(scene, entrances, routes), ...outEdges(scene, routes, places)];
  return svg("wide", wide.width, bottomOf(boxes), name, [
    ...titles,
    ...edges,
    ...boxes.map(drawBox),
  ]);
}

/** With no routes there are no edges: three workloads in a row. */
function drawGrid(scene: Scene, name: string): Markup {
  const width = (wide.width - 2 * gap) / 3;
  const boxes: Box[] = [];
  for (let row = 0; row * 3 < scene.places.length; row++) {
    const y = row === 0 ? 1 : bottomOf(boxes) + gap;
    const inRow = scene.places.slice(row * 3, row * 3 + 3);
    boxes.push(
      ...inRow.map((place, column) => placeBox(place, scene, column * (width + gap), y, width)),
    );
  }
  return svg("wide", wide.width, bottomOf(boxes), name, boxes.map(drawBox));
}

function drawNarrow(scene: Scene, name: string): Markup {
  const width = narrow.width;
  const parts: Markup[] = [];
  let y = 0;
  const section = <T>(
    heading: string,
    items: readonly T[],
    box: (item: T, at: number) => Box,
  ): void => {
    if (items.length === 0) return;
    parts.push(html`<text class="heading" x="0" y="${y + 14}">${heading}</text>`);
    const boxes = stack(items, y + headingRoom, box);
    parts.push(...boxes.map(drawBox));
    y = bottomOf(boxes) + gap;
  };
  section(headings[0], scene.entrances, (one, at) => entranceBox(one, 1, at, width - 2));
  section(headings[1], scene.routes, (one, at) => routeBox(one, scene, 1, at, width - 2));
  section(headings[2], scene.places, (one, at) => placeBox(one, scene, 1, at, width - 2));
  return svg("narrow", width, y - gap, name, parts);
}

function inEdges(
  { routes }: Scene,
  entrances: readonly Box[],
  boxes: readonly Box[],
): readonly Markup[] {
  return routes.flatMap(({ from }, index) =>
    from.map((id) => {
      const [start, end] = [entrances.find((box) => box.id === id), boxes[index]];
      return start && end
        ? edge(start.x + start.width, middleOf(start, 0), end.x, middleOf(end, 0), "in")
        : nothing;
    }),
  );
}

function outEdges(
  { colours }: Scene,
  routes: readonly Box[],
  places: readonly Box[],
): readonly Markup[] {
  return routes.flatMap((box) =>
    box.lines.flatMap((line, index) =>
      (line.to ?? []).map((id) => {
        const end = places.find((place) => place.id === id);
        if (end === undefined) return nothing;
        const look = `s${colours.get(id) ?? 0}${line.hollow === true ? " copy" : ""}${line.share === 0 ? " unused" : ""}`;
        return edge(box.x + box.width, middleOf(box, index), end.x, middleOf(end, 0), look);
      }),
    ),
  );
}

function edge(x1: number, y1: number, x2: number, y2: number, look: string): Markup {
  const bend = (x2 - x1) / 2;
  return html`<path
    class="edge ${look}"
    d="M${x1} ${y1} C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}"
  />`;
}

function svg(
  look: string,
  width: number,
  height: number,
  name: string,
  parts: readonly Markup[],
): Markup {
  return html`<svg
    class="${look}"
    viewBox="0 0 ${width} ${height + 1}"
    role="img"
    aria-label="What is deployed at ${name}"
  >
    ${parts}
  </svg>`;
}
