/** Text as HTML and SVG show it, in content and in quoted attributes. */
export function escaped(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}

/** Markup that is finished: its parts were escaped when it was made. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

type Part = Markup | readonly Markup[] | string | number;

/** Markup from a template: every value that is no markup itself is escaped. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  const shown = parts.map(shownPart);
  return new Markup(strings.map((text, index) => text + (shown[index] ?? "")).join(""));
}

function shownPart(part: Part): string {
  if (part instanceof Markup) return part.text;
  if (typeof part === "object") return part.map(({ text }) => text).join("");
  return escaped(String(part));
}

/** No markup. */
export const nothing = new Markup("");

/** The markup where the condition holds. */
export function when(condition: boolean, markup: () => Markup): Markup {
  return condition ? markup() : nothing;
}
