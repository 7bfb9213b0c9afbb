import type { StepObjects } from "../step-objects.ts";
import { colourCount } from "./boxes.ts";
import type { Box, Line } from "./boxes.ts";
import { entrancesOf, routesOf } from "./routes.ts";
import type { Entrance, Route } from "./routes.ts";
import { placesOf } from "./topology.ts";
import type { Place } from "./topology.ts";

/** What is drawn, and in which colour each place is. */
export interface Scene {
  readonly entrances: readonly Entrance[];
  readonly routes: readonly Route[];
  readonly places: readonly Place[];
  readonly colours: ReadonlyMap<string, number>;
}

/** Reads a step: its places in the order in which routes lead to them, each in a colour. */
export function sceneOf(step: StepObjects): Scene {
  const routes = routesOf(step);
  const reached = routes.flatMap(({ rules }) =>
    rules.flatMap(({ targets }) => targets.flatMap(({ to }) => to)),
  );
  // What routes lead to comes first, in their order, so that edges cross less.
  const rank = (id: string): number =>
    reached.includes(id) ? reached.indexOf(id) : reached.length;
  const places = placesOf(step).toSorted((a, b) => rank(a.id) - rank(b.id));
  const colours = new Map(places.map(({ id }, index) => [id, index % colourCount]));
  return { entrances: entrancesOf(step), routes, places, colours };
}

/** A gateway as a box. */
export function entranceBox(
  { id, title, lines }: Entrance,
  x: number,
  y: number,
  width: number,
): Box {
  const shown = lines.map((text): Line => ({ text, look: "plain" }));
  return { id, kind: "entrance", x, y, width, lines: [{ text: title, look: "title" }, ...shown] };
}

/** A route with its rules as a box. */
export function routeBox(route: Route, scene: Scene, x: number, y: number, width: number): Box {
  const rules = route.rules.flatMap(({ match, effects, targets }): Line[] => [
    { text: match, look: "match" },
    ...effects.map((text): Line => ({ text, look: "effect" })),
    ...targets.map(({ label, weight, mirror, to }): Line => ({
      text: mirror ? `copy to ${label}` : label,
      look: "target",
      dot: scene.colours.get(to[0] ?? "") ?? 0,
      hollow: mirror || to.length === 0,
      to,
      ...(weight === undefined ? {} : { share: weight }),
    })),
  ]);
  const lines: Line[] = [
    { text: route.title, look: "title" },
    { text: `for ${route.hosts}`, look: "plain" },
    ...rules,
  ];
  return { id: route.id, kind: "route", x, y, width, lines };
}

/** A workload, or a host outside as a box. */
export function placeBox(place: Place, scene: Scene, x: number, y: number, width: number): Box {
  const { id, title, lines, sidecar } = place;
  const badges = { with: "sidecar", without: "no sidecar", partly: "some sidecars" } as const;
  const shown = lines.map((text): Line => ({ text, look: "plain" }));
  return {
    id,
    kind: sidecar === "outside" ? "outside" : "place",
    x,
    y,
    width,
    lines: [{ text: title, look: "title" }, ...shown],
    colour: scene.colours.get(id) ?? 0,
    ...(sidecar in badges ? { badge: badges[sidecar as keyof typeof badges] } : {}),
    ...(sidecar === "outside" ? { badge: "outside" } : {}),
  };
}
